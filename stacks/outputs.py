"""What every target tells its users, under the same names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
from pulumi import Input, Output


@dataclass(frozen=True, kw_only=True)
class Forward:
    """A way in from the person's machine, for what has no address outside its cluster."""

    command: str
    """Opens it and stays."""
    url: str
    """Where it ends on this machine, without a slash at the end."""


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """A running OpenAI-compatible endpoint."""

    url: Input[str]
    """Scheme, host and port, without a slash at the end."""
    model_name: str
    api_keys: Mapping[str, Output[str]]
    """Secrets by name, in the stack file's order; empty where nobody needs one."""
    estimated_monthly_usd: float | None
    """Computing at the most replicas; None: something has no known price."""
    ca_certificate: str | None = None
    """PEM file that clients must trust; None where they need none."""
    key_variable: str | None = None
    """Environment variable that holds the caller's own token, where Pulumi has no key to give."""
    chat_page: bool = True
    forward: Forward | None = None
    more: Mapping[str, Input[str]] = field(default_factory=dict[str, Input[str]])
    """Outputs of this target alone, by name."""


def export(endpoint: Endpoint) -> None:
    """Export the endpoint as stack outputs."""
    url = Output.from_input(endpoint.url)
    pulumi.export("openaiBaseUrl", Output.concat(url, "/v1"))
    pulumi.export("modelName", endpoint.model_name)
    near = url if endpoint.forward is None else Output.from_input(endpoint.forward.url)
    pulumi.export("curlExample", near.apply(lambda known: curl_example(endpoint, known)))
    if endpoint.forward is not None:
        pulumi.export("portForward", endpoint.forward.command)
    if endpoint.chat_page:
        pulumi.export("chatUrl", Output.concat(near, "/"))
    pulumi.export("estimatedMonthlyUsd", endpoint.estimated_monthly_usd)
    if endpoint.key_variable is not None:
        pulumi.export("apiKey", f"env:{endpoint.key_variable}")
    for key in list(endpoint.api_keys.values())[:1]:
        pulumi.export("apiKey", Output.secret(key))
    if len(endpoint.api_keys) > 1:
        pulumi.export("apiKeys", Output.secret(Output.all(**endpoint.api_keys)))
    if endpoint.ca_certificate is not None:
        pulumi.export("caCertificate", endpoint.ca_certificate)
    for name, value in endpoint.more.items():
        pulumi.export(name, value)


def curl_example(endpoint: Endpoint, url: str) -> str:
    """A command to paste; it asks Pulumi, or the shell, for the key instead of holding it."""
    words = [f"curl {url}/v1/chat/completions"]
    if endpoint.forward is not None:
        # One line to paste: the way in is open for this question alone.
        words.insert(0, f"{endpoint.forward.command} >/dev/null & sleep 2;")
    if endpoint.ca_certificate is not None:
        words.append(f"--cacert '{endpoint.ca_certificate}'")
    if endpoint.api_keys:
        key = "$(pulumi stack output apiKey --show-secrets)"
        words.append(f'-H "Authorization: Bearer {key}"')
    elif endpoint.key_variable is not None:
        words.append(f'-H "Authorization: Bearer ${endpoint.key_variable}"')
    words.append("-H 'Content-Type: application/json'")
    # An answer of a length that comes at once: without a limit small models talk on and on.
    question = '"max_tokens": 128, "messages": [{"role": "user", "content": "Hello!"}]'
    words.append(f'-d \'{{"model": "{endpoint.model_name}", {question}}}\'')
    if endpoint.forward is not None:
        words.append("; kill $!")
    return " ".join(words)
