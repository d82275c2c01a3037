"""Every argument of huggingface_hub's create and update calls, and the input that sets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Change = Literal["update", "replace", "never"]


@dataclass(frozen=True)
class Field:
    """One argument of the client."""

    client: str
    input: str | None
    """None: not an input, for the reason in `checked`."""
    change: Change
    """What a new value does; of optional ones, taking the value away replaces if marked with *."""
    checked: str
    """How a value is validated, before any call."""
    tested: str
    """`<file>::<function>` under tests/hf."""
    unset_replaces: bool = False
    """huggingface_hub reads None as «leave as it is», so only a new endpoint is without it."""


_LIFE: Final = "test_lifecycle.py::test_a_stack_lives_its_whole_life"
_ARGUMENTS: Final = "test_fields.py::test_every_input_reaches_its_argument_of_the_client"
_DRIFT: Final = "test_drift.py::test_an_edit_of_what_is_declared_is_drift_and_up_mends_it"
_SECRET: Final = "test_canaries.py::test_no_canary_leaves_the_calls"  # noqa: S105 - a test's name

FIELDS: Final = (
    Field("name", "name", "replace", "1 to 32 lower-case letters, digits, -", _ARGUMENTS),
    Field("namespace", "namespace", "replace", "letters, digits, . _ -", _ARGUMENTS),
    Field("repository", "repository", "update", "<organisation>/<model>", _ARGUMENTS),
    Field("revision", "revision", "update", "40 hexadecimal digits, required", _DRIFT),
    Field("framework", "framework", "update", "a word; by default custom or pytorch", _ARGUMENTS),
    Field("task", "task", "update", "a word", _ARGUMENTS, unset_replaces=True),
    Field("accelerator", "accelerator", "update", "a word, required", _ARGUMENTS),
    Field("instance_type", "instanceType", "update", "a word, required", _LIFE),
    Field("instance_size", "instanceSize", "update", "a word, required", _LIFE),
    Field("vendor", "vendor", "replace", "a word, required", _LIFE),
    Field("region", "region", "replace", "a word, required", _LIFE),
    Field("min_replica", "minReplica", "update", "0 to 1000, at most maxReplica", _LIFE),
    Field("max_replica", "maxReplica", "update", "1 to 1000", _DRIFT),
    Field(
        "scaling_metric",
        "scalingMetric",
        "update",
        "pendingRequests or hardwareUsage",
        _LIFE,
        unset_replaces=True,
    ),
    Field(
        "scaling_threshold",
        "scalingThreshold",
        "update",
        "above 0, at most 100 for hardwareUsage; only with scalingMetric (else ignored)",
        _ARGUMENTS,
        unset_replaces=True,
    ),
    Field(
        "scale_to_zero_timeout",
        "scaleToZeroTimeout",
        "update",
        "minutes from 1, only with minReplica 0",
        _LIFE,
        unset_replaces=True,
    ),
    Field(
        "custom_image",
        "image",
        "update",
        "variant and what it declares, nothing else; another variant replaces",
        _LIFE,
        unset_replaces=True,
    ),
    Field(
        "tensor_parallel_size",
        "image.tensorParallelSize",
        "update",
        "from 1, vLLM and sGLang only",
        _ARGUMENTS,
    ),
    Field(
        "data_parallel_size", "image.dataParallelSize", "update", "from 1, vLLM only", _ARGUMENTS
    ),
    Field(
        "container_registry_username", "registry.username", "replace", "custom image only", _LIFE
    ),
    Field(
        "container_registry_password",
        "registry.password",
        "replace",
        "a reference, custom image only; never compared, because the API redacts it",
        _SECRET,
    ),
    Field("container_command", "command", "update", "a list of texts", _ARGUMENTS),
    Field("container_args", "args", "update", "a list of texts without tokens", _LIFE),
    Field("env", "env", "update", "names of variables; texts without tokens", _LIFE),
    Field(
        "secrets",
        "secrets",
        "update",
        "names of variables; references only; a keyed fingerprint shows a rotation",
        _SECRET,
    ),
    Field("type", "type", "replace", "public, authenticated or private", _LIFE),
    Field("private_link_account_id", "privateLink.accountId", "replace", "12 digits", _LIFE),
    Field(
        "private_link_region", "privateLink.region", "replace", "us-east-1 or eu-west-1", _ARGUMENTS
    ),
    Field("domain", "domain", "update", "a host name", _LIFE, unset_replaces=True),
    Field("path", "path", "update", "begins with /", _ARGUMENTS, unset_replaces=True),
    Field(
        "cache_http_responses",
        "cacheHttpResponses",
        "update",
        "true or false",
        _LIFE,
        unset_replaces=True,
    ),
    Field("tags", "tags", "update", "texts, none twice, none that begins with slipway-", _LIFE),
    Field("account_id", None, "never", "huggingface_hub ignores it: `privateLink`", _ARGUMENTS),
    Field("token", None, "never", "read from HF_TOKEN or `hf auth login`, never kept", _SECRET),
)
