"""What an update would change, and whether only a new endpoint can bring it about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, cast

from providers.huggingface.observed import BROKEN
from providers.huggingface.payload import CREATE_ONLY, WHOLES, variant_of
from providers.huggingface.secrets import PASSWORD
from providers.plugin.values import Change, Diff, Unknown

IDENTITY: Final = frozenset({"name", "namespace", "privateLink", *CREATE_ONLY})
"""Inputs that huggingface_hub can set on creation only."""
_COMPARED_BY_INPUT: Final = frozenset({"secrets", "secretFingerprints", "registry"})
"""The API tells nothing of these, so what was last declared stands for what is there."""
_NO_API_FIELD: Final = frozenset({"readyTimeoutMinutes", "fingerprintKey"})
_UNSORTED: Final = frozenset({"tags"})
FOUND: Final = "found"
"""Marks inputs that were read from an endpoint nobody had declared yet (an import)."""
SECRET_NAMES: Final = "secretNames"  # noqa: S105 - names, no secrets


def difference(
    old_inputs: Mapping[str, Any],
    state: Mapping[str, Any],
    inputs: Mapping[str, Any],
    *,
    ignored: Collection[str] = (),
) -> Diff:
    """`state` is what was last seen, `inputs` what is declared now; `ignored` may differ."""
    changes: dict[str, Change] = {}
    for name, wanted in inputs.items():
        if name in _NO_API_FIELD or name in _COMPARED_BY_INPUT:
            continue
        if name not in state:
            changes[name] = "add"
        elif not _same(name, state[name], wanted):
            changes[name] = "update"
    if state.get("state") in BROKEN:  # an update is to mend it
        changes["state"] = "update"
    unset = _unset(old_inputs, state, inputs)
    changes |= dict.fromkeys(unset, "delete")
    changes |= _secret_changes(old_inputs, inputs)
    changes = {name: change for name, change in changes.items() if name not in ignored}
    return Diff(changes, replace=bool(replacing(changes, state, inputs)))


def replacing(
    changes: Mapping[str, Change], state: Mapping[str, Any], inputs: Mapping[str, Any]
) -> set[str]:
    """Those of `changes` that need a new endpoint."""
    found = IDENTITY & changes.keys()
    if "registry" in changes:
        found |= {"registry"}
    known = not isinstance(inputs.get("image"), Unknown)
    if "image" in changes and known and variant_of(state) != variant_of(inputs):
        # Hugging Face: the engine cannot be changed on an existing endpoint (docs, tgi.md).
        found |= {"image"}
    # huggingface_hub reads None as «leave as it is», so it cannot take these away.
    found |= {
        name
        for name, change in changes.items()
        if change == "delete" and name not in WHOLES and name not in ("tags", "state", "secrets")
    }
    return set(found)


def identity_values(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that a new endpoint must share with an old one to be the same."""
    registry: Mapping[str, Any] = inputs.get("registry") or {}
    fingerprints: Mapping[str, Any] = inputs.get("secretFingerprints") or {}
    return {
        **{name: inputs.get(name) for name in sorted(IDENTITY)},
        "variant": variant_of(inputs),
        "registry": [registry.get("username"), fingerprints.get("registry.password")],
    }


def _unset(
    old_inputs: Mapping[str, Any], state: Mapping[str, Any], inputs: Mapping[str, Any]
) -> list[str]:
    gone = [name for name in state if name in WHOLES or name == "tags"]
    if FOUND not in old_inputs:
        gone += [name for name in old_inputs if name not in gone]
    else:
        gone += [name for name in ("image",) if name in state]
    ignored = {*_NO_API_FIELD, *_COMPARED_BY_INPUT, FOUND, "state"}
    return [
        name
        for name in gone
        if name not in inputs and name not in ignored and (name in state or name in old_inputs)
    ]


def _secret_changes(old_inputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> dict[str, Change]:
    if FOUND in old_inputs:
        # The API may tell the names of secrets, never whether a value is the declared one.
        names: list[str] | None = old_inputs.get(SECRET_NAMES)
        declared: Mapping[str, str] = inputs.get("secrets") or {}
        same = names is None or sorted(names) == sorted(declared)
        return {} if same else {"secrets": "update"}
    found: dict[str, Change] = {}
    for name in ("secrets", "registry"):
        old, new = old_inputs.get(name) or None, inputs.get(name) or None
        if old != new:
            found[name] = "update" if old and new else "add" if new else "delete"
    old_prints: Mapping[str, str] = old_inputs.get("secretFingerprints") or {}
    prints: Mapping[str, str] = inputs.get("secretFingerprints") or {}
    for name in old_prints.keys() & prints.keys():
        if old_prints[name] != prints[name]:
            found["registry" if name == PASSWORD else "secretFingerprints"] = "update"
    return found


def _same(name: str, old: Any, new: Any) -> bool:
    if name in _UNSORTED and isinstance(old, list) and isinstance(new, list):
        return sorted(cast(list[str], old)) == sorted(cast(list[str], new))
    return bool(old == new)
