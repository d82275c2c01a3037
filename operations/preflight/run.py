"""All checks side by side, within one time limit."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence

from operations.preflight.asking import NoAnswerError, Patience
from operations.preflight.aws.checks import aws_checks
from operations.preflight.check import Check
from operations.preflight.cluster.checks import cluster_checks
from operations.preflight.hub.checks import hub_checks
from operations.preflight.needs import Needs
from operations.preflight.report import Finding, Report

_QUIET_SECONDS = 2.0
Done = tuple[int, tuple[Finding, ...]]


def preflight(
    needs: Needs,
    *,
    patience: Patience | None = None,
    say: Callable[[str], None] | None = None,
) -> Report:
    """Ask AWS, the hub and the cluster whether `needs` can be met; never raises.

    Takes `patience.total` seconds at most, whatever a server does. `say` gets a line every few
    seconds while something is still being waited for.
    """
    patience = patience or Patience()
    checks = [
        *aws_checks(needs.pools, patience),
        *hub_checks(needs, patience),
        *cluster_checks(needs.cluster, patience),
    ]
    findings = _run(checks, patience.total, say or (lambda _: None))
    return Report(tuple(finding for found in findings for finding in found))


def _run(
    checks: Sequence[Check], seconds: float, say: Callable[[str], None]
) -> list[tuple[Finding, ...]]:
    # Daemons: a server that trickles its answer must hold up neither this call nor the exit.
    done: queue.SimpleQueue[Done] = queue.SimpleQueue()
    began = time.monotonic()
    for number, check in enumerate(checks):
        threading.Thread(target=_one, args=(number, check, done), daemon=True).start()
    findings: dict[int, tuple[Finding, ...]] = {}
    while len(findings) < len(checks):
        left = began + seconds - time.monotonic()
        if left <= 0:
            break
        try:
            number, found = done.get(timeout=min(left, _QUIET_SECONDS))
            findings[number] = found
        except queue.Empty:
            waiting = [check.subject for n, check in enumerate(checks) if n not in findings]
            say(f"{time.monotonic() - began:.0f} s, waiting for {'; '.join(waiting)}")
    late = NoAnswerError("timeout", f"no answer within {seconds:g} s")
    return [findings.get(n) or check.unchecked(late) for n, check in enumerate(checks)]


def _one(number: int, check: Check, done: queue.SimpleQueue[Done]) -> None:
    try:
        found = check.run()
    except NoAnswerError as unchecked:
        found = check.unchecked(unchecked)
    except Exception as error:
        # The kind only: the text may quote what was sent.
        found = check.unchecked(
            NoAnswerError("unexpected", f"{type(error).__name__} in this check")
        )
    done.put((number, found))
