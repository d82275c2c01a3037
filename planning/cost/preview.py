"""What `pulumi preview --json` prints, as the resources before and after."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from planning.cost.operations import OPERATIONS
from planning.cost.resource import SECRET, UNKNOWN, Resource
from planning.settings.budget import Budget


class PreviewError(Exception):
    """A text that is no whole preview; says what to run instead."""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The stack as it is and as it would be."""

    stack: str
    """Its name, as URNs tell it."""
    before: tuple[Resource, ...]
    after: tuple[Resource, ...]
    operations: Mapping[str, str]
    """By URN, of all resources: also of those that cost nothing by their operation."""
    budget: Budget | None
    """Of its configuration, `slipway:budget`: any program may have one."""


_AGAIN = "run `pulumi preview --json --show-sames > FILE`"


def read_preview(text: str) -> Preview:
    """Raises PreviewError for another document, an unknown operation, or missing resources."""
    document = _document(text)
    config = _mapping(document.get("config"))
    steps = [_mapping(step) for step in cast("list[Any]", document["steps"])]
    _complete(document, steps)
    regions = _Regions(steps, config)
    before: dict[str, Resource] = {}
    after: dict[str, Resource] = {}
    operations: dict[str, str] = {}
    logical = {step["urn"] for step in steps if not OPERATIONS[step["op"]].part}
    for step in steps:
        urn, operation = step["urn"], OPERATIONS[step["op"]]
        if operation.part and urn in logical:
            continue
        operations[urn] = "replace" if operation.part else step["op"]
        old, new = _mapping(step.get("oldState")), _mapping(step.get("newState"))
        if (operation.before or operation.part) and old:
            before[urn] = _resource(urn, old, regions, step)
        elif step["op"].startswith("import") and new:
            before[urn] = _resource(urn, new, regions, step)
        if (operation.after or operation.part) and new:
            after[urn] = _resource(urn, new, regions, step)
    return Preview(
        stack=next((urn.split("::")[0].rpartition(":")[2] for urn in operations), "empty"),
        before=tuple(before.values()),
        after=tuple(after.values()),
        operations=operations,
        budget=_budget(config.get("slipway:budget")),
    )


def _budget(value: Any) -> Budget | None:
    """Pulumi writes objects of a configuration as JSON text."""
    if value is None:
        return None
    try:
        return Budget.model_validate(json.loads(value) if isinstance(value, str) else value)
    except ValueError:
        raise PreviewError("slipway:budget is no budget: write {monthly: $500}") from None


def _document(text: str) -> Mapping[str, Any]:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise PreviewError(f"not the JSON of one preview ({error}); {_AGAIN}") from None
    if not isinstance(document, dict) or not isinstance(
        cast("dict[str, Any]", document).get("steps"), list
    ):
        raise PreviewError(
            "no `steps`: a stream of events, or another program's JSON; unset "
            f"PULUMI_ENABLE_STREAMING_JSON_PREVIEW and {_AGAIN}"
        )
    return cast("dict[str, Any]", document)


def _complete(document: Mapping[str, Any], steps: list[Mapping[str, Any]]) -> None:
    for step in steps:
        if step.get("op") not in OPERATIONS or "urn" not in step:
            raise PreviewError(f"a step with operation {step.get('op')!r}, which no engine has")
    said = _mapping(document.get("changeSummary")).get("same", 0)
    shown = Counter(step["op"] for step in steps)["same"]
    if said > shown:
        raise PreviewError(
            f"{said - shown} unchanged resources are not shown, and what they cost is not either; "
            f"{_AGAIN}"
        )
    failed = [
        str(_mapping(one).get("message"))
        for one in cast("list[Any]", document.get("diagnostics") or [])
        if _mapping(one).get("severity") == "error"
    ]
    if failed:
        raise PreviewError(f"the program failed, so resources are missing: {failed[0].strip()}")
    if document.get("maybeCorrupt"):
        raise PreviewError(f"the engine says that this preview may be broken; {_AGAIN}")


class _Regions:
    """Of AWS; default providers are not shown, and take the configuration's."""

    def __init__(self, steps: list[Mapping[str, Any]], config: Mapping[str, Any]) -> None:
        self._default = _plain(config.get("aws:region"))
        self._providers: dict[str, str | None] = {}
        for step in steps:
            state = _mapping(step.get("newState") or step.get("oldState"))
            if state.get("type") == "pulumi:providers:aws":
                own = _plain(_mapping(state.get("inputs")).get("region"))
                self._providers[step["urn"]] = own
        if self._default is None and len(set(self._providers.values())) == 1:
            # What a cluster makes is where its stack is.
            self._default = next(iter(self._providers.values()))

    def of(self, step: Mapping[str, Any], inputs: Mapping[str, Any]) -> str | None:
        if "region" in inputs:
            return _plain(inputs["region"])
        provider = str(step.get("provider", "")).rpartition("::")[0]
        return self._providers.get(provider, self._default)


def _resource(
    urn: str, state: Mapping[str, Any], regions: _Regions, step: Mapping[str, Any]
) -> Resource:
    inputs = _mapping(state.get("inputs"))
    depends = _mapping(state.get("propertyDependencies"))
    return Resource(
        urn=urn,
        type=str(state.get("type") or urn.split("::")[2].rpartition("$")[2]),
        custom=bool(state.get("custom", True)),
        inputs=inputs,
        region=regions.of(step, inputs),
        # A preview shows ids of what is there in the old state only.
        id=_plain(state.get("id") or _mapping(step.get("oldState")).get("id")),
        depends={name: tuple(urns or ()) for name, urns in depends.items()},
    )


def _plain(value: Any) -> str | None:
    return value if isinstance(value, str) and value not in ("", SECRET, UNKNOWN) else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}
