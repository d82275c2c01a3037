"""A difference as Pulumi's engine reads it."""

from __future__ import annotations

from collections.abc import Collection

from pulumi.provider.experimental import provider as pulumi_provider

from providers.plugin.values import Change, Diff

_KINDS: dict[Change, pulumi_provider.PropertyDiffKind] = {
    "add": pulumi_provider.PropertyDiffKind.ADD,
    "update": pulumi_provider.PropertyDiffKind.UPDATE,
    "delete": pulumi_provider.PropertyDiffKind.DELETE,
}
_REPLACING = {
    "add": pulumi_provider.PropertyDiffKind.ADD_REPLACE,
    "update": pulumi_provider.PropertyDiffKind.UPDATE_REPLACE,
    "delete": pulumi_provider.PropertyDiffKind.DELETE_REPLACE,
}


def diff_response(
    found: Diff,
    *,
    identity: Collection[str],
    inputs: Collection[str],
    delete_before_replace: bool,
) -> pulumi_provider.DiffResponse:
    """`identity` are the properties that cannot change in place, `inputs` those of the program."""
    kinds = _REPLACING if found.replace else _KINDS
    return pulumi_provider.DiffResponse(
        changes=bool(found.changes),
        replaces=sorted(found.changes.keys() & set(identity)),
        delete_before_replace=delete_before_replace,
        diffs=sorted(found.changes),
        detailed_diff={
            key: pulumi_provider.PropertyDiff(kinds[change], key in inputs)
            for key, change in found.changes.items()
        },
    )
