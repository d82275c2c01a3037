"""Names of objects: the stack's name and a part, always a DNS label."""

from __future__ import annotations

import hashlib
import json

from components.specs.cluster import KubernetesSpec

LONGEST = 63


def named(spec: KubernetesSpec, part: str) -> str:
    """`<name>-<part>`; a name too long for a DNS label is cut and gets a digest of all of it."""
    full = f"{spec.name}-{part}"
    if len(full) <= LONGEST:
        return full
    ending = f"-{digest(spec.name)}-{part}"
    return spec.name[: LONGEST - len(ending)].rstrip("-") + ending


def serving(spec: KubernetesSpec) -> str:
    """The workload and the Service in front of its ready pods."""
    return named(spec, spec.workload.part)


def serving_pods(spec: KubernetesSpec) -> str:
    """The headless Service: one address for each ready pod."""
    return named(spec, f"{spec.workload.part}-pods")


def gateway(spec: KubernetesSpec) -> str:
    """Its workload and its Service."""
    return named(spec, "gateway")


def limits(spec: KubernetesSpec) -> str:
    """The service that counts requests for all gateways."""
    return named(spec, "limits")


def picker(spec: KubernetesSpec) -> str:
    """What chooses the replica of a prompt."""
    return named(spec, "picker")


def digest(value: object) -> str:
    """Eight hexadecimal digits of a plain value: another value, another name."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:8]
