"""What keeps things: how it is closed, encrypted and protected."""

from __future__ import annotations

import json
from functools import partial

import pulumi
import pytest

from components.aws.registry import Registry, RegistryArgs, cache_prefix
from components.aws.secrets import CloudSecrets, CloudSecretsArgs
from components.aws.weights import WeightsArgs, WeightsBucket
from components.specs.aws import CloudSecretSpec, RegistrySpec
from tests.support.aws_specs import TAGS
from tests.support.resource_graph import Graph, graph

REGISTRY = RegistrySpec(name="chat-prod/vllm", keep_images=10, pull_through=("registry.k8s.io",))
KEYS = CloudSecretSpec(kind="gateway-files", object_name="chat-gateway-keys", existing_arn=None)
TOKEN = CloudSecretSpec(
    kind="hub-token",
    object_name="hub",
    existing_arn="arn:aws:secretsmanager:us-east-1:111122223333:secret:hub-a1b2c3",
)


def _registry(protect: bool) -> Graph:
    args = RegistryArgs(spec=REGISTRY, key_arn=None, tags=TAGS, protect=protect)
    return graph(lambda: Registry("registry", args) and None)


def _bucket(protect: bool) -> Graph:
    args = WeightsArgs(key_arn="arn:key", tags=TAGS, protect=protect)
    return graph(lambda: WeightsBucket("weights", args) and None)


def _secrets(protect: bool, text: str = "sk-canary") -> Graph:
    def program() -> None:
        values = {"chat-gateway-keys": pulumi.Output.secret({"keys.json": text})}
        args = CloudSecretsArgs(
            specs=(KEYS, TOKEN), values=values, key_arn="arn:key", tags=TAGS, protect=protect
        )
        made = CloudSecrets("secrets", args)
        assert set(made.arns) == {"chat-gateway-keys", "hub"}

    return graph(program)


def test_an_image_never_changes_under_its_tag_and_is_scanned() -> None:
    repository = _registry(protect=True).named("registry-repository")
    assert repository.inputs["imageTagMutability"] == "IMMUTABLE"
    assert repository.inputs["imageScanningConfiguration"] == {"scanOnPush": True}


def test_a_cache_of_a_registry_lies_under_the_stacks_name_and_expires_too() -> None:
    made = _registry(protect=True)
    rule = made.named("registry-cache-registry.k8s.io")
    assert rule.inputs["ecrRepositoryPrefix"] == "chat-prod-cache/k8s"
    template = made.named("registry-cache-registry.k8s.io-template")
    assert json.loads(template.inputs["lifecyclePolicy"])["rules"][0]["action"]["type"] == "expire"
    assert made.waits(rule.name, template.name)


def test_a_prefix_that_ecr_has_no_room_for_is_refused() -> None:
    spec = RegistrySpec(name="a-name-of-thirty-characters/vllm", keep_images=1)
    with pytest.raises(ValueError, match="at most 30"):
        cache_prefix(spec, "registry.k8s.io")


@pytest.mark.parametrize(
    ("make", "name", "forced"),
    [
        (_registry, "registry-repository", "forceDelete"),
        (_bucket, "weights-bucket", "forceDestroy"),
    ],
)
def test_one_switch_keeps_what_holds_data_and_without_it_all_goes(
    make: partial[Graph], name: str, forced: str
) -> None:
    kept, gone = make(protect=True).named(name), make(protect=False).named(name)
    assert (kept.protect, kept.inputs[forced]) == (True, False)
    assert (gone.protect, gone.inputs[forced]) == (False, True)


def test_the_bucket_is_private_and_answers_by_tls_alone() -> None:
    made = _bucket(protect=True)
    private = made.named("weights-private").inputs
    assert {value for key, value in private.items() if key != "bucket"} == {True}
    (statement,) = json.loads(made.named("weights-policy").inputs["policy"])["Statement"]
    assert statement["Effect"] == "Deny"
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_old_versions_and_broken_uploads_are_not_paid_for_for_ever() -> None:
    made = _bucket(protect=True)
    (rule,) = made.named("weights-lifecycle").inputs["rules"]
    assert rule["noncurrentVersionExpiration"] == {"noncurrentDays": 7}
    assert rule["abortIncompleteMultipartUpload"] == {"daysAfterInitiation": 1}
    assert made.waits("weights-lifecycle", "weights-versions")


def test_a_secret_is_written_and_never_read_back_and_only_its_encrypted_form_is_registered() -> (
    None
):
    made = _secrets(protect=True)
    value = made.named("secrets-gateway-files-value").inputs
    assert value["secretStringWo"] == "<secret>"
    assert value["secretStringWoVersion"] == "<secret>"
    assert "secretString" not in value
    assert "sk-canary" not in made.as_text()


def test_the_users_own_secret_is_neither_made_nor_changed() -> None:
    made = _secrets(protect=True)
    assert len(made.of_type("aws:secretsmanager/secret:Secret")) == 1


def test_a_secret_that_is_made_again_finds_no_deleted_one_in_its_way() -> None:
    secret = _secrets(protect=True).named("secrets-gateway-files")
    assert "name" not in secret.inputs
    assert secret.inputs["recoveryWindowInDays"] == 7
    again = _secrets(protect=False).named("secrets-gateway-files")
    assert again.inputs["recoveryWindowInDays"] == 0
