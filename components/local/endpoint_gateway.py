"""Keys and limits of our own before an Inference Endpoint: an Envoy on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
from pulumi import Input, Output, ResourceOptions

from components.keys import generated_keys, key_values
from components.local.resources import EndpointGateway, Supervisor
from components.specs import HfGatewaySpec


@dataclass(frozen=True, kw_only=True)
class EndpointGatewayArgs:
    """What a LocalEndpointGateway is made from."""

    spec: HfGatewaySpec
    upstream: Input[str]
    """The endpoint's address, without a slash at the end."""
    run_directory: str
    """Absolute, or relative to the checkout."""
    key_values: Mapping[str, Input[str]] = field(default_factory=dict[str, Input[str]])
    """Values of those of the spec's keys that are not generated, by name."""
    token: Input[str] | None = None
    """Value of the spec's token where its reference is `config:…`; recorded nowhere."""


class LocalEndpointGateway(pulumi.ComponentResource):
    """Its Envoy takes changed keys, limits and tokens while it runs."""

    keys: Mapping[str, Output[str]]
    """Value of each API key, in the spec's order; secrets."""

    def __init__(
        self, name: str, args: EndpointGatewayArgs, opts: ResourceOptions | None = None
    ) -> None:
        super().__init__("slipway:local:EndpointGateway", name, {}, opts)
        child = ResourceOptions(parent=self)
        supervisor = Supervisor(f"{name}-supervisor", run_directory=args.run_directory, opts=child)
        keys = args.spec.gateway.keys
        self.keys = key_values(keys, generated_keys(name, keys, child), args.key_values)
        EndpointGateway(
            f"{name}-envoy",
            args.spec,
            upstream=args.upstream,
            token=args.token,
            run_directory=supervisor.run_directory,
            keys=self.keys,
            opts=child,
        )
        self.register_outputs({})
