"""The `local` provider's resources as Pulumi sees them; what they do is in `providers/local`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
from pulumi import Input, Output, ResourceOptions

from components.local.gateway_inputs import gateway_inputs
from components.local.version import VERSION
from components.specs import GatewaySpec, HfGatewaySpec, ModelSpec


class ApiKey(pulumi.CustomResource):
    """A generated key, made once."""

    value: Output[str]
    """Secret."""

    def __init__(self, name: str, *, opts: ResourceOptions) -> None:
        super().__init__("local:index:ApiKey", name, {"value": None}, _versioned(opts))


class Model(pulumi.CustomResource):
    """A built and checked artefact in the model cache."""

    directory: Output[str]
    digest: Output[str]

    def __init__(
        self, name: str, spec: ModelSpec, *, run_directory: Input[str], opts: ResourceOptions
    ) -> None:
        properties: dict[str, Any] = {
            "source": spec.source,
            "sha256": spec.sha256,
            "quantization": spec.quantization,
            "device": spec.device,
            "minTop1Agreement": spec.min_top1_agreement,
            "maxPerplexityRatio": spec.max_perplexity_ratio,
            "runDirectory": run_directory,
            "directory": None,
            "digest": None,
        }
        super().__init__("local:index:Model", name, properties, _versioned(opts))


class Supervisor(pulumi.CustomResource):
    """The stack's supervisord and its private folder."""

    run_directory: Output[str]

    def __init__(self, name: str, *, run_directory: str, opts: ResourceOptions) -> None:
        properties = {"run_directory": run_directory}
        super().__init__("local:index:Supervisor", name, properties, _versioned(opts))

    def translate_input_property(self, prop: str) -> str:
        return {"run_directory": "runDirectory"}.get(prop, prop)

    def translate_output_property(self, prop: str) -> str:
        return {"runDirectory": "run_directory"}.get(prop, prop)


class Replica(pulumi.CustomResource):
    """One engine process behind the gateway."""

    def __init__(
        self,
        name: str,
        *,
        run_directory: Input[str],
        module: str,
        arguments: Input[Sequence[str]],
        revision: str,
        drain_seconds: float,
        ready_timeout_seconds: float,
        opts: ResourceOptions,
    ) -> None:
        properties: dict[str, Any] = {
            "runDirectory": run_directory,
            "module": module,
            "arguments": arguments,
            "revision": revision,
            "drainSeconds": drain_seconds,
            "readyTimeoutSeconds": ready_timeout_seconds,
        }
        super().__init__("local:index:Replica", name, properties, _versioned(opts))


class Gateway(pulumi.CustomResource):
    """The stack's Envoy."""

    def __init__(
        self,
        name: str,
        spec: GatewaySpec,
        *,
        run_directory: Input[str],
        keys: Mapping[str, Input[str]],
        opts: ResourceOptions,
    ) -> None:
        properties: dict[str, Any] = {
            "runDirectory": run_directory,
            "keys": _secret(keys),
            **gateway_inputs(spec),
        }
        super().__init__("local:index:Gateway", name, properties, _versioned(opts))


class EndpointGateway(pulumi.CustomResource):
    """An Envoy before an Inference Endpoint."""

    def __init__(
        self,
        name: str,
        spec: HfGatewaySpec,
        *,
        upstream: Input[str],
        token: Input[str] | None,
        run_directory: Input[str],
        keys: Mapping[str, Input[str]],
        opts: ResourceOptions,
    ) -> None:
        properties: dict[str, Any] = {
            "runDirectory": run_directory,
            "keys": _secret(keys),
            "upstream": upstream,
            **gateway_inputs(spec.gateway),
        }
        if spec.token is not None:
            properties["token"] = spec.token
        if token is not None:
            properties["tokenValue"] = Output.secret(token)
        super().__init__("local:index:EndpointGateway", name, properties, _versioned(opts))


def _secret(keys: Mapping[str, Input[str]]) -> Any:
    return Output.secret(Output.all(**keys)) if keys else {}


def _versioned(opts: ResourceOptions) -> ResourceOptions:
    return ResourceOptions.merge(opts, ResourceOptions(version=VERSION))
