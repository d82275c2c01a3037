"""A spec -> the inputs of the `huggingface` provider's resource."""

from __future__ import annotations

from typing import Any

from components.specs import HfEndpointSpec


def endpoint_inputs(spec: HfEndpointSpec) -> dict[str, Any]:
    """camelCase names and JSON values; what the spec leaves to the API is left out."""
    scaling, image, registry, link = spec.scaling, spec.image, spec.registry, spec.private_link
    inputs = {
        "name": spec.name,
        "namespace": spec.namespace,
        "repository": spec.repository,
        "revision": spec.revision,
        "framework": spec.framework,
        "task": spec.task,
        "image": image and {"variant": image.variant, "url": image.url, **image.settings},
        "command": list(spec.command),
        "args": list(spec.args),
        "env": dict(spec.env),
        "secrets": dict(spec.secrets),
        "registry": registry and _given(username=registry.username, password=registry.password),
        "accelerator": spec.accelerator,
        "vendor": spec.vendor,
        "region": spec.region,
        "instanceType": spec.instance_type,
        "instanceSize": spec.instance_size,
        "minReplica": scaling.min_replica,
        "maxReplica": scaling.max_replica,
        "scalingMetric": scaling.metric,
        "scalingThreshold": scaling.threshold,
        "scaleToZeroTimeout": scaling.scale_to_zero_minutes,
        "type": spec.type,
        "privateLink": link and {"accountId": link.account_id, "region": link.region},
        "domain": spec.domain,
        "path": spec.path,
        "cacheHttpResponses": spec.cache_http_responses,
        "tags": list(spec.tags),
        "state": spec.state,
        "readyTimeoutMinutes": spec.ready_timeout_minutes,
    }
    return {name: value for name, value in inputs.items() if value not in (None, [], {})}


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
