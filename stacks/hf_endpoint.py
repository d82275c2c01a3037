"""Target `hf-endpoint`: a Hugging Face Inference Endpoint."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pulumi
from pulumi import Output, ResourceHookArgs, ResourceHookBinding, ResourceOptions

from components.hf_endpoint import HfEndpoint
from components.huggingface.images import OPENAI
from components.local.endpoint_gateway import EndpointGatewayArgs, LocalEndpointGateway
from components.local.place import run_directory
from components.specs import HfEndpointSpec, HfGatewaySpec
from operations.smoke import smoke_problem
from planning.local import origin
from planning.problems import problem_text
from providers.local.run_directory import RunDirectory
from stacks.config import secret_text
from stacks.gateway import ca_certificate, ready_gateway
from stacks.keys import key_values
from stacks.outputs import Endpoint

TOKEN_VARIABLE = "HF_TOKEN"  # noqa: S105 - the name of one


@dataclass(frozen=True, kw_only=True)
class HfTarget:
    """What the plan says of this target."""

    spec: HfEndpointSpec
    model_name: str
    """What clients send as `model`."""
    estimated_monthly_usd: float | None
    smoke_check: bool
    """Ask for one token after every create and update."""
    origin: str
    """The stack file, for messages."""
    gateway: HfGatewaySpec | None = None
    """On this machine; None: clients call the endpoint itself."""


def build(target: HfTarget) -> Endpoint:
    """Register the endpoint."""
    spec = target.spec
    values = {
        variable: Output.secret(secret_text(reference.removeprefix("config:")))
        for variable, reference in spec.secrets.items()
        if reference.startswith("config:")
    }
    password = spec.registry.password if spec.registry else None
    if password is not None and password.startswith("config:"):
        values["registry.password"] = Output.secret(secret_text(password.removeprefix("config:")))
    hooks = _smoke_hooks(target) if _can_be_asked(target) else None
    endpoint = HfEndpoint(spec.name, spec, secret_values=values, opts=ResourceOptions(hooks=hooks))
    if target.gateway is not None:
        return _fronted(target, target.gateway, endpoint)
    return Endpoint(
        url=endpoint.url,
        model_name=target.model_name,
        api_keys={},
        estimated_monthly_usd=target.estimated_monthly_usd,
        key_variable=None if spec.type == "public" else TOKEN_VARIABLE,
        chat_page=False,
    )


def _fronted(target: HfTarget, front: HfGatewaySpec, endpoint: HfEndpoint) -> Endpoint:
    """What clients meet is the gateway, with our keys."""
    folder = run_directory(pulumi.get_project(), pulumi.get_stack())
    run = RunDirectory.of(folder)
    gateway = ready_gateway(front.gateway, run, origin=target.origin)
    given = front.token is not None and front.token.startswith("config:")
    serving = LocalEndpointGateway(
        f"{target.spec.name}-gateway",
        EndpointGatewayArgs(
            spec=replace(front, gateway=gateway),
            upstream=endpoint.url,
            run_directory=folder,
            key_values=key_values(gateway.keys, origin=target.origin),
            token=secret_text(str(front.token).removeprefix("config:")) if given else None,
        ),
    )
    return Endpoint(
        url=origin(gateway),
        model_name=target.model_name,
        api_keys=serving.keys,
        estimated_monthly_usd=target.estimated_monthly_usd,
        ca_certificate=ca_certificate(gateway, run),
    )


def _can_be_asked(target: HfTarget) -> bool:
    """Whether this machine can ask, and asking does not undo what is declared."""
    spec = target.spec
    speaks = spec.image is not None and spec.image.variant in OPENAI
    rests = spec.state in ("paused", "scaledToZero")
    return target.smoke_check and speaks and not rests and spec.private_link is None


def _smoke_hooks(target: HfTarget) -> ResourceHookBinding:
    def ask(arguments: ResourceHookArgs) -> None:
        from huggingface_hub import get_token

        url = f"{(arguments.new_outputs or {})['url']}/v1"
        problem = smoke_problem(url, target.model_name, get_token() or "none")
        if problem is not None:
            raise pulumi.RunError(problem_text((problem,), origin=target.origin))
        pulumi.log.info(f"{url} answers")

    return ResourceHookBinding(after_create=[ask], after_update=[ask])
