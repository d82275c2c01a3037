"""A repository of the stack's own for images, and caches of others' registries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi import Input, Output, ResourceOptions
from pulumi_aws import ecr

from components.aws.component import AwsComponent
from components.specs.aws import RegistrySpec

_LONGEST_PREFIX = 30
"""Characters, by ECR's API."""


@dataclass(frozen=True, kw_only=True)
class RegistryArgs:
    """What a Registry is made from."""

    spec: RegistrySpec
    key_arn: Input[str] | None
    """KMS key of the images; None: AWS's own."""
    tags: Mapping[str, str]
    protect: bool


@dataclass(frozen=True, kw_only=True)
class RegistryResources:
    repository: ecr.Repository
    lifecycle: ecr.LifecyclePolicy
    caches: Mapping[str, ecr.PullThroughCacheRule]
    """By the registry that they are of."""


class Registry(AwsComponent):
    """Images that never change under their tag, are scanned, and expire when newer ones come."""

    resources: RegistryResources
    url: Output[str]
    """Registry and path, without tag."""

    def __init__(self, name: str, args: RegistryArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("Registry", name, args.tags, opts)
        self._args = args
        repository = self._create_repository()
        self.resources = RegistryResources(
            repository=repository,
            lifecycle=self._create_lifecycle(repository),
            caches={upstream: self._create_cache(upstream) for upstream in args.spec.pull_through},
        )
        self.url = repository.repository_url
        self.register_outputs({"url": self.url})

    def _create_repository(self) -> ecr.Repository:
        return ecr.Repository(
            self.named("repository"),
            name=self._args.spec.name,
            # So a cache of layers, which is one tag that every build writes anew, has no room here.
            image_tag_mutability="IMMUTABLE",
            image_scanning_configuration=ecr.RepositoryImageScanningConfigurationArgs(
                scan_on_push=True
            ),
            encryption_configurations=[
                ecr.RepositoryEncryptionConfigurationArgs(
                    encryption_type="KMS", kms_key=self._args.key_arn
                )
            ],
            # What a stack without protection has pushed goes with it.
            force_delete=not self._args.protect,
            tags=self.tagged("repository"),
            opts=self.child(protect=self._args.protect),
        )

    def _create_lifecycle(self, repository: ecr.Repository) -> ecr.LifecyclePolicy:
        return ecr.LifecyclePolicy(
            self.named("lifecycle"),
            repository=repository.name,
            policy=_keep(self._args.spec.keep_images),
            opts=self.child(),
        )

    def _create_cache(self, upstream: str) -> ecr.PullThroughCacheRule:
        """What it fills are repositories of ECR's making; a template says how."""
        prefix = cache_prefix(self._args.spec, upstream)
        part = f"cache-{upstream}"
        template = ecr.RepositoryCreationTemplate(
            self.named(f"{part}-template"),
            prefix=prefix,
            applied_fors=["PULL_THROUGH_CACHE"],
            image_tag_mutability="IMMUTABLE",
            lifecycle_policy=_keep(self._args.spec.keep_images),
            opts=self.child(),
        )
        return ecr.PullThroughCacheRule(
            self.named(part),
            ecr_repository_prefix=prefix,
            upstream_registry_url=upstream,
            opts=self.child(template),
        )


def cache_prefix(spec: RegistrySpec, upstream: str) -> str:
    """Of the repositories that cache `upstream`; raises ValueError where ECR has no room for it."""
    prefix = f"{cache_root(spec)}/{upstream.split('.')[-2]}"
    if len(prefix) > _LONGEST_PREFIX:
        raise ValueError(f"{prefix}: ECR takes at most {_LONGEST_PREFIX} characters")
    return prefix


def cache_root(spec: RegistrySpec) -> str:
    """Before all repositories that a pull-through cache of the stack fills."""
    return f"{spec.name.partition('/')[0]}-cache"


def _keep(images: int) -> str:
    rule: dict[str, Any] = {
        "rulePriority": 1,
        "description": f"Keep the newest {images} images",
        "selection": {
            "tagStatus": "any",
            "countType": "imageCountMoreThan",
            "countNumber": images,
        },
        "action": {"type": "expire"},
    }
    return json.dumps({"rules": [rule]}, sort_keys=True)
