"""Rules: a picker can tell replicas apart, and there is something to pick."""

from __future__ import annotations

from collections.abc import Iterator

from planning.choice import Candidate
from planning.problems import Problem
from planning.settings import Settings

_PATH = "slipway:gateway.routing"
_FIX = "write routing: least-requests"


def routing_problems(settings: Settings, chosen: Candidate) -> Iterator[Problem]:
    if settings.gateway.routing != "prefix-aware":
        return
    if chosen.engine != "vllm":
        yield _refused(f"prefix-aware with {chosen.engine}", "vllm, whose metrics the picker reads")
    if settings.canary is not None:
        got = "prefix-aware beside a canary, whose share the picker knows nothing of"
        yield _refused(got, "one of the two")
    if chosen.nodes_per_replica > 1:
        got = "prefix-aware with replicas over several nodes, each pod of which it would pick"
        yield _refused(got, "replicas of one pod")
    if chosen.replicas[0] == 0:
        got = "prefix-aware with a stack at rest, of which the picker refuses requests"
        yield _refused(got, "one replica at least")


def _refused(got: str, allowed: str) -> Problem:
    return Problem(path=_PATH, code="routing-unsupported", got=got, allowed=allowed, fixes=(_FIX,))
