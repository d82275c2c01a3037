"""One cluster for all workers of a part: pytest's fixtures would start it once for each."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager

from tools.cluster.lifecycle import running, start, stop


@contextmanager
def one_cluster(env: Mapping[str, str]) -> Generator[Mapping[str, str]]:
    """`env` with the kubeconfig of a running cluster: its own, or else ours.

    Ours is stopped afterwards, unless it ran before. Raises ToolError where it cannot be started.
    """
    if env.get("KUBECONFIG"):
        yield env
        return
    ran_before = running()
    kubeconfig = start()
    try:
        yield {**env, "KUBECONFIG": str(kubeconfig)}
    finally:
        if not ran_before:
            stop()
