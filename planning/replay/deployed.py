"""From a plan to what is replayed: rules, gateway, start and speed as they would be deployed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from components.specs.cluster import KubernetesSpec
from planning.catalog import Catalog
from planning.choice import Candidate
from planning.plan import Plan
from planning.problems import Problem, SettingsError
from planning.replay.group import Limits
from planning.replay.hugging_face import endpoint_rules
from planning.replay.rules import Rules, rules_of
from planning.replay.simulate import Site
from planning.replay.slices import Slices
from planning.replay.speed import Speed, speed_of
from planning.throughput import Load, estimate
from planning.throughput.step import Engine
from planning.throughput.work import work_of

_LATER = ("unresolved",)
"""Digests and versions that a network or an account will tell change no replay."""
_UNLIMITED = 10**9
"""Requests: where nothing of ours stands before the replicas."""


@dataclass(frozen=True, kw_only=True)
class Deployed:
    """One plan under one trace."""

    site: Site
    rules: Rules | int
    words: tuple[str, ...]
    """What the replay assumes."""


def deployed(plan: Plan, slices: Slices, catalog: Catalog, start_seconds: float | None) -> Deployed:
    """`start_seconds`: in place of the cold-start budget's. Raises SettingsError."""
    chosen = plan.placed.chosen if plan.placed else None
    errors = tuple(one for one in plan.errors if one.code not in _LATER)
    if errors or not (serving_of(plan) or plan.endpoint or plan.local):
        raise SettingsError(errors or plan.errors, origin=plan.settings.origin)
    if chosen is None or chosen.serving is None or chosen.fit is None or chosen.gpu is None:
        problem = _problem(
            "slipway:target",
            f"{plan.settings.target} without GPUs",
            "replicas on GPUs, whose speed was measured",
            "replay a stack file of kubernetes, eks or hf-endpoint on GPUs",
        )
        raise SettingsError((problem,), origin=plan.settings.origin)
    problems = tuple(_problems(plan, chosen, slices, catalog, start_seconds))
    if problems:
        raise SettingsError(problems, origin=plan.settings.origin)
    start = start_seconds
    cold = plan.placed.cold_start if plan.placed else None
    if start is None:
        assert cold is not None
        start = cold.measured_or_expected
    speed = _speed(plan, chosen, slices, catalog)
    return Deployed(
        site=_site(plan, speed, start),
        rules=_rules(plan, chosen),
        words=tuple(_words(plan, chosen, start, start_seconds is not None)),
    )


def serving_of(plan: Plan) -> KubernetesSpec | None:
    """Of the targets that run on a cluster."""
    return plan.kubernetes or (plan.eks.serving if plan.eks else None)


def _rules(plan: Plan, chosen: Candidate) -> Rules | int:
    serving = serving_of(plan)
    if serving is not None:
        scaling = serving.autoscaling
        return serving.workload.replicas[1] if scaling is None else rules_of(scaling)
    assert plan.endpoint is not None
    return endpoint_rules(plan.endpoint.scaling)


def _site(plan: Plan, speed: Speed, start: float) -> Site:
    slo = plan.settings.traffic.slo if plan.settings.traffic else None
    limits = Limits(
        ttft=slo.ttft.seconds if slo and slo.ttft else None,
        itl=slo.itl.seconds if slo and slo.itl else None,
    )
    serving = serving_of(plan)
    gateway = serving.gateway.gateway if serving else plan.gateway
    if gateway is None:
        return Site(
            speed=speed,
            limits=limits,
            start_seconds=start,
            queue=_UNLIMITED,
            in_flight=_UNLIMITED,
        )
    minute = gateway.requests_per_minute
    return Site(
        speed=speed,
        limits=limits,
        start_seconds=start,
        queue=serving.workload.engine.queue if serving else _UNLIMITED,
        in_flight=gateway.max_streams,
        per_minute=None if minute is None else minute * max(1, len(gateway.keys)),
        hold=gateway.hold,
    )


def _speed(plan: Plan, chosen: Candidate, slices: Slices, catalog: Catalog) -> Speed:
    load = _load(plan, chosen, slices, catalog)
    facts = catalog.calibrations[f"{load.engine}/{load.gpu}"].value
    family = facts.mixtures if load.model.experts else facts.dense
    assert chosen.serving is not None
    return speed_of(
        Engine(
            work=work_of(load.model, load.stored, load.kv_bits),
            gpu=load.facts,
            constants=family.constants,
        ),
        prompt=slices.prompt,
        output=slices.output,
        sequences=chosen.serving.sequences,
        batched=chosen.serving.batched_tokens or facts.batched_tokens,
        kv_tokens=load.kv_cache_tokens,
    )


def _load(plan: Plan, chosen: Candidate, slices: Slices, catalog: Catalog) -> Load:
    """One request at a time: whether the model, GPU and lengths were measured at all."""
    assert plan.architecture and chosen.serving and chosen.fit and chosen.gpu
    engine = catalog.engine_versions[chosen.engine_version].value
    return Load(
        model=plan.architecture,
        storage=chosen.serving.storage,
        kv_bits=chosen.kv_bits,
        gpu=chosen.gpu,
        facts=catalog.gpus[chosen.gpu].value,
        tensor_parallel=chosen.serving.gpus,
        engine=engine.engine,
        version=engine.contains.get(engine.engine),
        kv_cache_tokens=chosen.fit.kv_cache_tokens,
        concurrency=1,
        prompt=round(slices.prompt),
        output=round(slices.output),
    )


def _problems(
    plan: Plan, chosen: Candidate, slices: Slices, catalog: Catalog, start: float | None
) -> Iterator[Problem]:
    seen = estimate(_load(plan, chosen, slices, catalog), catalog.calibrations)
    if seen.output_tokens_per_second is None:
        yield _problem(
            "slipway:model",
            seen.reasons["output_tokens_per_second"].removeprefix("no estimate: "),
            "a model, GPU and lengths that were measured (docs/throughput.md)",
            "choose a measured GPU and storage, or a trace with other lengths",
        )
    cold = plan.placed.cold_start if plan.placed else None
    known = plan.settings.start.measured or (cold and cold.seconds and not cold.at_least)
    if start is None and not known:
        missing = " and ".join(cold.unknown) if cold else "everything"
        yield _problem(
            "slipway:start",
            f"a start of which {missing} is not known",
            "a start whose stages are all known",
            "say how long it takes: --start 60s, or measured: start: {measured: 60s}",
        )
    slo = plan.settings.traffic.slo if plan.settings.traffic else None
    if slo is None or (slo.ttft is None and slo.itl is None):
        yield _problem(
            "slipway:traffic.slo",
            "no limits",
            "ttft, itl or both",
            "write traffic: {slo: {ttft: 1s, itl: 40ms}}, what requests are held against",
        )
    metric = plan.endpoint.scaling.metric if plan.endpoint else "pendingRequests"
    if metric != "pendingRequests" and chosen.replicas[0] != chosen.replicas[1]:
        yield _problem(
            "slipway:huggingFace.scaling.metric",
            metric or "left to the API, which scales by hardware use",
            "pendingRequests: hardware use is not predicted",
            "write metric: pendingRequests",
        )


def _words(plan: Plan, chosen: Candidate, start: float, stated: bool) -> Iterator[str]:
    said = "as --start says" if stated else "the expected cold start of the plan"
    if not stated and plan.settings.start.measured is not None:
        said = "as start.measured says"
    yield f"a replica answers {start:,.0f} s after it was wished for: {said}"
    yield "all replicas run what the trace's mean request asks for; its lengths count in sums"
    yield "cached prefixes are not counted: every prompt is read whole"
    yield "requests go to the replica with the fewest in flight, as the gateway's balancing does"
    if plan.settings.access.requests_per_minute and plan.gateway is None:
        yield "requests are spread evenly over API keys: a trace does not say whose they are"
    if chosen.nodes_per_replica > 1 or chosen.gpus_per_replica > 1:
        yield f"a replica is {chosen.gpus_per_replica} GPUs"


def _problem(path: str, got: str, allowed: str, fix: str) -> Problem:
    return Problem(path=path, code="cannot-replay", got=got, allowed=allowed, fixes=(fix,))
