"""A model served on this machine: artefact, supervised replicas, gateway."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pulumi
from pulumi import Input, Output, ResourceHookArgs, ResourceHookBinding, ResourceOptions

from components.engines import onnx
from components.engines.revision import module_revision
from components.keys import generated_keys, key_values
from components.local.resources import ApiKey, Gateway, Model, Replica, Supervisor
from components.specs import LocalSpec


@dataclass(frozen=True, kw_only=True)
class LocalServingArgs:
    """What a LocalServing is made from."""

    spec: LocalSpec
    run_directory: str
    """Absolute, or relative to the checkout."""
    key_values: Mapping[str, Input[str]] = field(default_factory=dict[str, Input[str]])
    """Values of those of the spec's keys that are not generated, by name."""
    server_module: str = onnx.MODULE
    """Python module of the server; it takes the arguments of `images.onnx.server`."""
    server_options: tuple[str, ...] = ()
    """Further arguments of the server."""
    artefact: Input[str] | None = None
    """Folder of an artefact made elsewhere; None builds the spec's model."""
    ask: Callable[[ResourceHookArgs], None] | None = None
    """Called after every change of the gateway or of a replica; raises where nothing answers."""


@dataclass(frozen=True, kw_only=True)
class LocalServingResources:
    """Each child, for users and tests."""

    supervisor: Supervisor
    model: Model | None
    replicas: tuple[Replica, ...]
    keys: Mapping[str, ApiKey]
    gateway: Gateway


class LocalServing(pulumi.ComponentResource):
    """Changes roll one replica at a time; the gateway goes first on destroy, supervisord last."""

    resources: LocalServingResources
    keys: Mapping[str, Output[str]]
    """Value of each API key, in the spec's order; secrets."""

    def __init__(
        self, name: str, args: LocalServingArgs, opts: ResourceOptions | None = None
    ) -> None:
        super().__init__("slipway:local:Serving", name, {}, opts)
        self._name, self._args = name, args
        supervisor = self._create_supervisor()
        model = self._create_model(supervisor)
        replicas = self._create_replicas(supervisor, model)
        keys = args.spec.gateway.keys
        generated = generated_keys(name, keys, self._child())
        self.keys = key_values(keys, generated, args.key_values)
        gateway = self._create_gateway(supervisor, replicas)
        self.resources = LocalServingResources(
            supervisor=supervisor, model=model, replicas=replicas, keys=generated, gateway=gateway
        )
        self.register_outputs({})

    def _create_supervisor(self) -> Supervisor:
        return Supervisor(
            f"{self._name}-supervisor", run_directory=self._args.run_directory, opts=self._child()
        )

    def _create_model(self, supervisor: Supervisor) -> Model | None:
        if self._args.artefact is not None:
            return None
        return Model(
            f"{self._name}-model",
            self._args.spec.model,
            run_directory=supervisor.run_directory,
            opts=self._child(),
        )

    def _create_replicas(self, supervisor: Supervisor, model: Model | None) -> tuple[Replica, ...]:
        server, replicas = self._args.spec.server, list[Replica]()
        artefact = Output.from_input(model.directory if model else self._args.artefact or "")
        arguments = artefact.apply(
            lambda folder: [*onnx.server_arguments(server, folder), *self._args.server_options]
        )
        revision = module_revision(self._args.server_module)
        for index in range(self._args.spec.replicas):
            replica = Replica(
                f"{self._name}-replica-{index}",
                run_directory=supervisor.run_directory,
                module=self._args.server_module,
                arguments=arguments,
                revision=revision,
                drain_seconds=server.drain_seconds,
                ready_timeout_seconds=server.ready_timeout_seconds,
                # Each waits for the one before it: never are two replaced at a time.
                opts=self._asked(self._child(*replicas[-1:]), created=False),
            )
            replicas.append(replica)
        return tuple(replicas)

    def _create_gateway(self, supervisor: Supervisor, replicas: tuple[Replica, ...]) -> Gateway:
        return Gateway(
            f"{self._name}-gateway",
            self._args.spec.gateway,
            run_directory=supervisor.run_directory,
            keys=self.keys,
            opts=self._asked(self._child(*replicas), created=True),
        )

    def _asked(self, opts: ResourceOptions, *, created: bool) -> ResourceOptions:
        """A new replica is not asked for: at first there is no gateway to ask."""
        ask = self._args.ask
        if ask is not None:
            opts.hooks = ResourceHookBinding(
                after_create=[ask] if created else None, after_update=[ask]
            )
        return opts

    def _child(self, *after: pulumi.Resource) -> ResourceOptions:
        return ResourceOptions(parent=self, depends_on=[*after])
