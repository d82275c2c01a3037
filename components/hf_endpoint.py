"""A Hugging Face Inference Endpoint as a Pulumi resource; usable by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi import Input, Output, ResourceOptions

from components.huggingface.endpoint_inputs import endpoint_inputs
from components.huggingface.version import VERSION
from components.specs import HfEndpointSpec


class HfEndpoint(pulumi.CustomResource):
    """One endpoint; `id` is `<namespace>/<name>`, which `import_` takes as well.

    The plugin reads the token as huggingface_hub does: `HF_TOKEN`, or what `hf auth login` kept.
    """

    url: Output[str]
    """Where it answers: its domain if it has one, without a slash at the end."""
    endpoint_name: Output[str]
    """As the API knows it; a replacement has another one for a while or for good."""

    def __init__(
        self,
        name: str,
        spec: HfEndpointSpec,
        *,
        secret_values: Mapping[str, Input[str]] | None = None,
        opts: ResourceOptions | None = None,
    ) -> None:
        """`secret_values`: values of the spec's `config:` references, by variable.

        The provider uses them in its calls and keeps a keyed fingerprint only.
        """
        properties: dict[str, Any] = {
            **endpoint_inputs(spec),
            "url": None,
            "endpoint_name": None,
        }
        if secret_values:
            properties["secretValues"] = Output.secret(Output.all(**secret_values))
        versioned = ResourceOptions.merge(opts, ResourceOptions(version=VERSION))
        super().__init__("huggingface:index:InferenceEndpoint", name, properties, versioned)

    def translate_output_property(self, prop: str) -> str:
        return {"endpointName": "endpoint_name"}.get(prop, prop)

    def translate_input_property(self, prop: str) -> str:
        return {"endpoint_name": "endpointName"}.get(prop, prop)
