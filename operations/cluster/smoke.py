"""One token through the gateway of a cluster; a failure names the first broken link."""

from __future__ import annotations

from collections.abc import Mapping

from components.gateway.canary import RELEASE_HEADER, Release
from operations.cluster.links import Link, first_broken
from operations.cluster.place import Place, client
from operations.cluster.read import read
from operations.cluster.release import reached
from operations.smoke import smoke_problem
from planning.problems import Problem

_KNOWN_SECONDS = 180
"""kubelet looks about once a minute for what is mounted into a gateway that runs."""


def cluster_smoke_problem(
    place: Place,
    *,
    selector: Mapping[str, str],
    gateway: Mapping[str, str],
    port: int,
    scheme: str,
    model: str,
    key: str,
    release: Release | None = None,
) -> Problem | None:
    """What is wrong when `model` is asked for one token, or None.

    `selector` names all objects of the stack, `gateway` its gateway and the pods of it, which
    listen on `port`. Without a gateway nothing is asked: it is still to be made. `release` is the
    revision that must answer, where there are two.
    """
    api, labels = client(place), dict(gateway)
    if not any(api.get("deployments.apps", label_selector=labels)):
        return None
    ready = [pod for pod in api.get("pods", label_selector=labels) if pod.ready()]
    if not ready:
        return _broken(place, selector, "no pod of the gateway is ready")
    with ready[-1].portforward(remote_port=port, local_port="auto") as local:
        url = f"{scheme}://127.0.0.1:{local}/v1"
        if release is not None and not reached(url, key, release, deadline_seconds=_KNOWN_SECONDS):
            return _broken(place, selector, f"the gateway does not reach the {release} revision")
        headers = {RELEASE_HEADER: release} if release else {}
        problem = smoke_problem(url, model, key, headers=headers)
    return None if problem is None else _broken(place, selector, problem.got)


def _broken(place: Place, selector: Mapping[str, str], got: str) -> Problem:
    link = first_broken(read(place, selector))
    where = f"first broken link: {_words(link)}" if link else "every link to the pods holds"
    return Problem(
        path=f"namespace {place.namespace}",
        code="smoke-failed",
        got=f"{got}\n{where}",
        allowed="one token of an answer through the gateway",
        fixes=(
            f"{link.look} --namespace {place.namespace}"
            if link
            else f"kubectl logs -n {place.namespace} -l app.kubernetes.io/component=gateway",
            "smoke: false under slipway:checks leaves this check out",
        ),
    )


def _words(link: Link) -> str:
    return f"{link.name} of {link.subject}: {link.said}"
