"""What keeps things: images, weights, secrets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Output

from components.aws.login import registry_login
from components.aws.registry import Registry, RegistryArgs, cache_root
from components.aws.secrets import CloudSecrets, CloudSecretsArgs
from components.aws.weights import WeightsArgs, WeightsBucket
from components.image import Push
from components.kubernetes.gateway import secret_files
from components.specs.aws import EksSpec
from stacks.eks.site import EksSite


@dataclass(frozen=True, kw_only=True)
class Storage:
    registry: Registry | None
    weights: WeightsBucket | None
    secrets: CloudSecrets | None
    push: Push | None
    """Where images go that the stack builds."""
    cache_prefix: str
    """Of repositories that a pull-through cache fills; empty: there is none."""


def storage(spec: EksSpec, site: EksSite, keys: Mapping[str, Output[str]]) -> Storage:
    registry = _registry(spec, site) if spec.registry else None
    return Storage(
        registry=registry,
        weights=_weights(spec, site) if spec.weights else None,
        secrets=_secrets(spec, site, keys) if spec.secrets else None,
        push=_push(site, registry) if registry and spec.serving.build else None,
        cache_prefix=cache_root(spec.registry)
        if spec.registry and spec.registry.pull_through
        else "",
    )


def _registry(spec: EksSpec, site: EksSite) -> Registry:
    assert spec.registry is not None
    return Registry(
        "registry",
        RegistryArgs(
            spec=spec.registry, key_arn=site.key_arn, tags=spec.tags, protect=spec.protect
        ),
        site.child(),
    )


def _push(site: EksSite, registry: Registry) -> Push:
    login = registry_login(site.account)
    return Push(repository=registry.url, user=login.user, password=login.password)


def _weights(spec: EksSpec, site: EksSite) -> WeightsBucket:
    args = WeightsArgs(key_arn=site.key_arn, tags=spec.tags, protect=spec.protect)
    return WeightsBucket("weights", args, site.child())


def _secrets(spec: EksSpec, site: EksSite, keys: Mapping[str, Output[str]]) -> CloudSecrets:
    files = Output.secret(Output.all(**keys)).apply(
        lambda values: secret_files(spec.serving, values)
    )
    made = [secret for secret in spec.secrets if secret.existing_arn is None]
    return CloudSecrets(
        "secrets",
        CloudSecretsArgs(
            specs=spec.secrets,
            # The hub's token is always the user's own secret: planning asks for its ARN.
            values={secret.object_name: files for secret in made},
            key_arn=site.key_arn,
            tags=spec.tags,
            protect=spec.protect,
        ),
        site.child(),
    )
