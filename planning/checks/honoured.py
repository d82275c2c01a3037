"""Rules: every key that is written has a meaning on its target and for its engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pydantic.alias_generators import to_camel

from planning.checks.facts import Facts
from planning.problems import Problem
from planning.settings.base import Section

_CLUSTERS = ("kubernetes", "eks")
_GATEWAYS = ("local", *_CLUSTERS)
_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "pools": _CLUSTERS,
    "aws": ("eks",),
    "kubernetes": _CLUSTERS,
    "images": _CLUSTERS,
    "gateway": _CLUSTERS,
    "observability": _CLUSTERS,
    "huggingFace": ("hf-endpoint",),
    "canary": ("kubernetes",),
    "start": _CLUSTERS,
    "stop": _CLUSTERS,
}
_KEYS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    # An endpoint is reached at the provider's address, with the provider's tokens.
    "access": {
        "auth": _GATEWAYS,
        "keys": _GATEWAYS,
        "requests_per_minute": _GATEWAYS,
        "host": ("local",),
        "port": _GATEWAYS,
        "tls": _GATEWAYS,
        "max_connections": _GATEWAYS,
        "max_streams": _GATEWAYS,
        "max_request_size": _GATEWAYS,
    },
    # Of this machine everything is looked at before each `up`, unasked.
    "checks": {"preflight": (*_CLUSTERS, "hf-endpoint")},
    # Files of this machine are no files of a pod.
    "access.tls": {
        "certificate": ("local",),
        "private_key": ("local",),
        "self_signed": ("local",),
        "secret": _CLUSTERS,
    },
    "traffic": {"peak_share": (*_CLUSTERS, "hf-endpoint")},
    "scaling": {"autoscaler": _CLUSTERS, "targets": _CLUSTERS},
    # The cluster of `eks` is the stack's own.
    "kubernetes": {
        "kubeconfig": ("kubernetes",),
        "context": ("kubernetes",),
        "weights_bucket": ("kubernetes",),
    },
    "gateway": {"routing": ("kubernetes",)},
    "engine": {
        "version": (*_CLUSTERS, "hf-endpoint"),
        "backend": _CLUSTERS,
        "tuning": _CLUSTERS,
        "repository": _CLUSTERS,
    },
}
_POOL_KEYS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "alternatives",
            "use",
            "capacity",
            "fallback",
            "reservation_ids",
            "nodes",
            "min_nodes",
            "max_nodes",
            "zones",
            "disk",
            "image_snapshot",
            "mig_profile",
            "time_slices",
            "efa",
            "placement_group",
            "ami",
        ),
        ("eks",),
    ),
    # Nodes that are there already are described, nodes that are made are not.
    **dict.fromkeys(("driver", "gpus_per_node", "tolerations"), ("kubernetes",)),
}
_FRONTED = "or write huggingFace.localGateway: {}, a gateway before the endpoint"
_GPU = ("vllm", "triton", "tensorrt-llm")
_BY_ENGINE: Mapping[str, tuple[str, ...]] = {
    "threads": ("onnx",),
    "backend": ("triton",),
    "repository": ("triton",),
    "kv_cache_dtype": _GPU,
    "gpu_memory_utilization": _GPU,
    "kv_cache_memory": _GPU,
    "max_batched_tokens": _GPU,
}


def sections_belong_to_the_target(facts: Facts) -> Iterator[Problem]:
    for section, targets in _SECTIONS.items():
        if section in facts.written and _elsewhere(facts, targets):
            yield _unused(f"slipway:{section}", str(facts.stated.target), targets, "target")


def keys_belong_to_the_target(facts: Facts) -> Iterator[Problem]:
    stated = facts.stated
    sections = {
        "access": stated.access,
        "access.tls": stated.access.tls,
        "checks": stated.checks,
        "engine": stated.engine,
        "gateway": stated.gateway,
        "scaling": stated.scaling,
        "traffic": stated.traffic,
        "kubernetes": stated.kubernetes,
        **{f"pools[{index}]": pool for index, pool in enumerate(stated.pools or ())},
    }
    pools = {name: _POOL_KEYS for name in sections if name.startswith("pools[")}
    for name, keys in (*_KEYS.items(), *pools.items()):
        for key, targets in keys.items():
            # A whole section that does not belong is one problem.
            around = _SECTIONS.get(name.partition("[")[0])
            within = around is None or not _elsewhere(facts, around)
            # A gateway before an endpoint is one of this machine.
            here = "local" in targets and name.startswith("access") and facts.fronted
            if within and _elsewhere(facts, targets) and _written(sections[name], key) and not here:
                path = f"slipway:{name}.{to_camel(key)}"
                found = _unused(path, str(stated.target), targets, "target")
                opens = name.startswith("access") and stated.target == "hf-endpoint"
                yield replace(found, fixes=(*found.fixes, _FRONTED)) if opens else found


def engine_keys_belong_to_the_engine(facts: Facts) -> Iterator[Problem]:
    kind = facts.engine_kind
    for key, kinds in _BY_ENGINE.items():
        if kind and kind not in kinds and _written(facts.stated.engine, key):
            yield _unused(f"slipway:engine.{to_camel(key)}", kind, kinds, "engine.kind")


def rows_of_the_cache_are_few(facts: Facts) -> Iterator[Problem]:
    """Each row of the ONNX engine's KV cache is allocated at the start."""
    rows, most = facts.stated.engine.max_concurrent, 256
    if facts.engine_kind == "onnx" and rows is not None and rows > most:
        yield Problem(
            path="slipway:engine.maxConcurrent",
            code="out-of-range",
            got=str(rows),
            allowed=f"a whole number from 1 to {most} with the engine onnx",
            fixes=(f"write {most}",),
        )


def _elsewhere(facts: Facts, targets: tuple[str, ...]) -> bool:
    return facts.stated.target is not None and facts.stated.target not in targets


def _written(section: Section | None, key: str) -> bool:
    return section is not None and key in section.model_fields_set


def _unused(path: str, chosen: str, allowed: tuple[str, ...], by: str) -> Problem:
    return Problem(
        path=path,
        code="key-unused",
        got=f"a key that means nothing with {by} {chosen}",
        allowed=f"only with {by} {', '.join(allowed)}",
        fixes=("remove it", f"or write {by}: {allowed[0]}"),
    )
