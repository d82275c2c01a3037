"""Resources of a policy, as estimates know them."""

from __future__ import annotations

from collections.abc import Sequence

from pulumi_policy import PolicyResource

from planning.cost.resource import UNKNOWN, Resource
from policies.values import plain

_PROVIDERS = "pulumi:providers:"


def resources_of(found: Sequence[PolicyResource]) -> list[Resource]:
    """With the region of AWS also on what a cluster makes, where the stack has only one."""
    regions = {region for one in found if (region := _region(one))}
    common = regions.pop() if len(regions) == 1 else None
    return [_resource(one, common) for one in found]


def _resource(one: PolicyResource, common: str | None) -> Resource:
    return Resource(
        urn=one.urn,
        type=one.resource_type,
        # Only components have no provider, and providers themselves.
        custom=one.provider is not None or one.resource_type.startswith(_PROVIDERS),
        inputs=plain(one.props),
        region=_region(one) or common,
        depends={
            key: tuple(source.urn for source in sources)
            for key, sources in one.property_dependencies.items()
        },
    )


def _region(one: PolicyResource) -> str | None:
    """Of AWS; an endpoint's region is its vendor's."""
    if not one.resource_type.startswith("aws:") or one.provider is None:
        return None
    region = plain(one.props).get("region") or plain(one.provider.props).get("region")
    return region if isinstance(region, str) and region != UNKNOWN else None
