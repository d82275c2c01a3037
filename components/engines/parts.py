"""What every engine's container has: arguments by the contract's flags, ports and probes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

from components.specs.container import PortSpec, ProbeSpec
from components.specs.engine import ContractSpec, EngineSpec, Setting

Value = str | int | float | Sequence[int] | bool | None
"""None: the engine's own default, no word of it. True: a flag without a value. False: none."""

HTTP, METRICS, INFERENCE = "http", "metrics", "inference"


class Probes(TypedDict):
    startup: ProbeSpec
    readiness: ProbeSpec
    liveness: ProbeSpec


def arguments(contract: ContractSpec, settings: Mapping[Setting, Value]) -> Iterator[str]:
    """Raises ValueError for a setting that this version of the engine cannot be told."""
    for setting, value in settings.items():
        if value is None or value is False:
            continue
        if setting not in contract.flags:
            raise ValueError(f"{contract.version} has no flag for {setting} ({value})")
        yield contract.flags[setting]
        if value is True:
            continue
        if isinstance(value, Sequence) and not isinstance(value, str):
            yield from map(str, value)
        else:
            yield str(value)


def fields(contract: ContractSpec, settings: Mapping[Setting, Value]) -> dict[str, Value]:
    """The same as keys of the engine's own configuration file."""
    found: dict[str, Value] = {}
    for setting, value in settings.items():
        if value is None:
            continue
        if setting not in contract.fields:
            raise ValueError(f"{contract.version} has no key for {setting} ({value})")
        found[contract.fields[setting]] = value
    return found


def ports(contract: ContractSpec) -> tuple[PortSpec, ...]:
    first = PortSpec(name=HTTP, number=contract.port)
    if contract.metrics_port == contract.port:
        return (first,)
    return first, PortSpec(name=METRICS, number=contract.metrics_port)


def probes(spec: EngineSpec) -> Probes:
    """An engine that hangs is out of rotation within 12 s, and restarted after a minute.

    A minute, because a busy engine answers late, and a restart loses all its requests.
    """
    contract = spec.contract
    return Probes(
        startup=ProbeSpec(
            path=contract.ready_path,
            port=HTTP,
            period_seconds=spec.startup_period_seconds,
            timeout_seconds=3,
            failure_threshold=spec.startup_failure_threshold,
        ),
        readiness=ProbeSpec(
            path=contract.ready_path,
            port=HTTP,
            period_seconds=3,
            timeout_seconds=3,
            failure_threshold=3,
        ),
        liveness=ProbeSpec(
            path=contract.live_path,
            port=HTTP,
            period_seconds=10,
            timeout_seconds=5,
            failure_threshold=6,
        ),
    )


def folder(model: str) -> str | None:
    """The folder in the container that `model` names; None: it names a repository on the hub."""
    return model if model.startswith("/") else None
