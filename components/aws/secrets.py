"""Secrets of the stack in Secrets Manager: no value is in the state in clear."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Input, Output, ResourceOptions
from pulumi_aws import secretsmanager

from components.aws.component import AwsComponent
from components.specs.aws import CloudSecretSpec

_RECOVERY_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class CloudSecretsArgs:
    """What CloudSecrets are made from."""

    specs: tuple[CloudSecretSpec, ...]
    values: Mapping[str, Input[Mapping[str, str]]]
    """Files by name of those that the stack makes, by the name of their Kubernetes Secret."""
    key_arn: Input[str] | None
    """KMS key of the values; None: AWS's own."""
    tags: Mapping[str, str]
    protect: bool


@dataclass(frozen=True, kw_only=True)
class CloudSecretResources:
    secret: secretsmanager.Secret
    version: secretsmanager.SecretVersion


class CloudSecrets(AwsComponent):
    """Each is one JSON object, whose keys External Secrets makes the keys of a Secret."""

    resources: Mapping[str, CloudSecretResources]
    """Those that the stack makes, by the name of their Kubernetes Secret."""
    arns: Mapping[str, Output[str]]
    """All of them, also those of the user."""

    def __init__(
        self, name: str, args: CloudSecretsArgs, opts: ResourceOptions | None = None
    ) -> None:
        super().__init__("CloudSecrets", name, args.tags, opts)
        self._args = args
        made = [spec for spec in args.specs if spec.existing_arn is None]
        self.resources = {spec.object_name: self._create(spec) for spec in made}
        self.arns = {spec.object_name: self._arn(spec) for spec in args.specs}
        self.register_outputs({})

    def _create(self, spec: CloudSecretSpec) -> CloudSecretResources:
        secret = secretsmanager.Secret(
            # A deleted secret keeps its name until it is forgotten, so the name has to be new
            # each time (pulumi/pulumi#4172): it stays with autonaming.
            self.named(spec.kind),
            description=f"{spec.kind} of the stack, for External Secrets",
            kms_key_id=self._args.key_arn,
            recovery_window_in_days=_RECOVERY_DAYS if self._args.protect else 0,
            tags=self.tagged(spec.kind),
            opts=self.child(),
        )
        text = Output.secret(Output.json_dumps(self._args.values[spec.object_name], sort_keys=True))
        version = secretsmanager.SecretVersion(
            self.named(f"{spec.kind}-value"),
            secret_id=secret.id,
            secret_string_wo=text,
            secret_string_wo_version=text.apply(_version),
            opts=self.child(),
        )
        return CloudSecretResources(secret=secret, version=version)

    def _arn(self, spec: CloudSecretSpec) -> Output[str]:
        if spec.existing_arn is not None:
            return Output.from_input(spec.existing_arn)
        return self.resources[spec.object_name].secret.arn


def _version(text: str) -> int:
    """AWS's provider compares this number, not the text: another text, another number."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)
