"""What keeps things: images, weights, secrets."""

from __future__ import annotations

from collections.abc import Iterator

from components.specs.aws import CloudSecretSpec, RegistrySpec, WeightsBucketSpec
from components.specs.cluster import KubernetesSpec
from planning.eks.features import Needs
from planning.settings.aws import Aws


def registry_spec(aws: Aws, serving: KubernetesSpec) -> RegistrySpec | None:
    """None: nothing is built, and nothing pulled through."""
    if serving.build is None and not aws.registry.pull_through:
        return None
    return RegistrySpec(
        name=repository_name(serving.name, serving.workload.engine.kind),
        keep_images=aws.registry.keep_images,
        pull_through=aws.registry.pull_through,
    )


def repository_name(name: str, engine: str) -> str:
    return f"{name}/{engine}"


def weights_spec(needs: Needs, serving: KubernetesSpec) -> WeightsBucketSpec | None:
    engine = serving.workload.engine
    if not needs.weights_in_s3:
        return None
    return WeightsBucketSpec(
        prefix=f"{engine.model}/{engine.revision}", size_bytes=serving.workload.store.size_bytes
    )


def secret_specs(aws: Aws, serving: KubernetesSpec) -> tuple[CloudSecretSpec, ...]:
    return tuple(_secrets(aws, serving))


def _secrets(aws: Aws, serving: KubernetesSpec) -> Iterator[CloudSecretSpec]:
    if serving.gateway.gateway.keys:
        yield CloudSecretSpec(
            kind="gateway-files",
            # Names are short enough here for parts to be added: planning/checks/eks.
            object_name=f"{serving.name}-gateway-keys",
            existing_arn=None,
        )
    token = serving.workload.hub_token_secret
    if token is not None and aws.secrets.hub_token is not None:
        yield CloudSecretSpec(
            kind="hub-token", object_name=token, existing_arn=aws.secrets.hub_token
        )
