"""A model served on a cluster: image, engine, gateway, and what looks after them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pulumi
from pulumi import Input, Output, ResourceOptions

from components.cluster.address import load_balancer_address
from components.cluster.charts import Release
from components.cluster.hooks import Ask, hooks_of
from components.cluster.objects import Cluster, KubernetesObject, Manifest, logical_name
from components.cluster.order import waves
from components.image import Image, ImageArgs, Push
from components.keys import generated_keys, key_values
from components.kubernetes import names
from components.kubernetes.gateway import secret_files
from components.kubernetes.objects import all_manifests
from components.local.resources import ApiKey, Model
from components.specs.cluster import KubernetesSpec
from components.specs.images import ImageBuildSpec
from components.specs.local import ModelSpec

Finish = Callable[[tuple[Manifest, ...]], tuple[Manifest, ...]]


@dataclass(frozen=True, kw_only=True)
class MadeCluster:
    """A cluster that the stack has made itself, with its operators."""

    cluster: Cluster
    releases: tuple[Release, ...]
    """Of all charts of the spec."""
    after: tuple[pulumi.Resource, ...]
    """What has to be there before the first object, and to stay until the last one is gone."""


@dataclass(frozen=True, kw_only=True)
class ClusterServingArgs:
    """What a ClusterServing is made from."""

    spec: KubernetesSpec
    made: MadeCluster | None = None
    """None: the cluster is there already, where the spec says."""
    keys: Mapping[str, Output[str]] | None = None
    """Values of all of the spec's keys, in its order; None: those that nobody gives are made."""
    push: Push | None = None
    """Where images go; None: where the spec says."""
    finish: Finish | None = None
    """Has the last word on the objects: what it gives back is made instead."""
    run_directory: str
    """Marks what the model's build leaves behind, as for target `local`."""
    key_values: Mapping[str, Input[str]] = field(default_factory=dict[str, Input[str]])
    """Values of those of the spec's keys that are not generated, by name."""
    build_secrets: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of the image's build, by id."""
    ask: Ask | None = None
    """Called after every change of what answers; raises where it does not."""
    ask_canary: Ask | None = None
    """The same of the canary."""


@dataclass(frozen=True, kw_only=True)
class ClusterServingResources:
    """Each child, for users and tests."""

    cluster: Cluster
    model: Model | None
    image: Image | None
    canary_model: Model | None
    canary_image: Image | None
    keys: Mapping[str, ApiKey]
    releases: tuple[Release, ...]
    objects: tuple[KubernetesObject, ...]


class ClusterServing(pulumi.ComponentResource):
    """Each wave of objects waits for the one before; destroy goes the other way."""

    resources: ClusterServingResources
    keys: Mapping[str, Output[str]]
    """Value of each API key, in the spec's order; secrets."""
    gateway_address: Output[str]
    """Host name or address of the gateway's load balancer; empty without one."""

    def __init__(
        self, name: str, args: ClusterServingArgs, opts: ResourceOptions | None = None
    ) -> None:
        super().__init__("slipway:kubernetes:Serving", name, {}, opts)
        self._name, self._args, self._spec = name, args, args.spec
        cluster = args.made.cluster if args.made else self._create_cluster()
        model = self._create_model(self._name, self._spec.model)
        image = self._create_image(self._name, self._spec.build, model)
        canary, canary_name = self._spec.canary, f"{self._name}-canary"
        canary_model = self._create_model(canary_name, canary.model if canary else None)
        canary_build = canary.build if canary else None
        canary_image = self._create_image(canary_name, canary_build, canary_model)
        keys = self._spec.gateway.gateway.keys
        generated = generated_keys(name, keys, self._child()) if args.keys is None else {}
        self.keys = args.keys or key_values(keys, generated, args.key_values)
        releases = args.made.releases if args.made else self._create_releases(cluster)
        objects = self._create_objects(cluster, (image, canary_image), releases)
        self.gateway_address = load_balancer_address(objects, names.gateway(self._spec))
        self.resources = ClusterServingResources(
            cluster=cluster,
            model=model,
            image=image,
            canary_model=canary_model,
            canary_image=canary_image,
            keys=generated,
            releases=releases,
            objects=objects,
        )
        self.register_outputs({})

    def _create_cluster(self) -> Cluster:
        spec = self._spec
        return Cluster(
            f"{self._name}-cluster",
            kubeconfig=spec.kubeconfig,
            context=spec.context,
            namespace=spec.namespace,
            opts=self._child(),
        )

    def _create_model(self, name: str, spec: ModelSpec | None) -> Model | None:
        if spec is None:
            return None
        return Model(
            f"{name}-model",
            spec,
            run_directory=self._args.run_directory,
            opts=self._child(),
        )

    def _create_image(
        self, name: str, spec: ImageBuildSpec | None, model: Model | None
    ) -> Image | None:
        if spec is None:
            return None
        return Image(
            f"{name}-image",
            ImageArgs(
                spec=spec,
                push=self._args.push,
                model=model.directory if model else None,
                secrets=self._args.build_secrets,
            ),
            self._child(),
        )

    def _create_releases(self, cluster: Cluster) -> tuple[Release, ...]:
        return tuple(
            Release(f"{self._name}-{chart.name}", chart, self._child(provider=cluster))
            for chart in self._spec.charts
        )

    def _create_objects(
        self,
        cluster: Cluster,
        images: tuple[Image | None, Image | None],
        releases: tuple[Release, ...],
    ) -> tuple[KubernetesObject, ...]:
        made: list[KubernetesObject] = []
        made_before = self._args.made.after if self._args.made else ()
        before: tuple[pulumi.Resource, ...] = (*releases, *made_before)
        for wave in waves(self._manifests(*images)):
            before = tuple(self._apply(manifest, cluster, before) for manifest in wave)
            made.extend(before)
        return tuple(made)

    def _manifests(self, image: Image | None, canary_image: Image | None) -> tuple[Manifest, ...]:
        spec = self._spec
        canary = spec.canary.workload.image if spec.canary else None
        files = Output.secret(Output.all(**self.keys)).apply(
            lambda values: secret_files(spec, values)
        )
        manifests = all_manifests(
            spec,
            image=image.ref if image else spec.workload.image,
            canary_image=canary_image.ref if canary_image else canary,
            secret_files=files,
        )
        return self._args.finish(manifests) if self._args.finish else manifests

    def _apply(
        self, manifest: Manifest, cluster: Cluster, before: tuple[pulumi.Resource, ...]
    ) -> KubernetesObject:
        opts = self._child(*before, provider=cluster)
        # The provider's own patience of ten minutes is too short for large weights.
        canary = self._spec.canary
        longest = max(
            self._spec.workload.await_seconds, canary.workload.await_seconds if canary else 0
        )
        seconds = f"{longest}s"
        opts.custom_timeouts = pulumi.CustomTimeouts(create=seconds, update=seconds)
        if self._args.ask is not None:
            opts.hooks = hooks_of(manifest, self._args.ask, self._args.ask_canary)
        return KubernetesObject(logical_name(self._name, manifest), manifest, opts)

    def _child(
        self, *after: pulumi.Resource, provider: pulumi.ProviderResource | None = None
    ) -> ResourceOptions:
        return ResourceOptions(parent=self, depends_on=[*after], provider=provider)
