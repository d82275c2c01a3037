"""A gateway on this machine, whatever it stands before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pulumi

from components.specs import GatewaySpec, TlsSpec
from operations.local_gateway import gateway_problems
from planning.problems import problem_text
from providers.local.run_directory import RunDirectory


def ready_gateway(gateway: GatewaySpec, run: RunDirectory, *, origin: str) -> GatewaySpec:
    """With absolute paths. Raises pulumi.RunError where its port or certificate cannot be used."""
    spec = _absolute(gateway)
    problems = gateway_problems(spec, run)
    if problems:
        raise pulumi.RunError(problem_text(problems, origin=origin))
    return spec


def ca_certificate(gateway: GatewaySpec, run: RunDirectory) -> str | None:
    """What clients must trust; None: nothing of ours."""
    if gateway.tls is None:
        return None
    return gateway.tls.certificate or str(run.gateway / "tls.crt")


def _absolute(gateway: GatewaySpec) -> GatewaySpec:
    """The user's certificate paths are relative to the project, Envoy's to its own folder."""
    tls = gateway.tls
    if tls is None or tls.certificate is None or tls.private_key is None:
        return gateway
    root = Path(pulumi.get_root_directory())
    return replace(
        gateway,
        tls=TlsSpec(
            certificate=str(root / tls.certificate), private_key=str(root / tls.private_key)
        ),
    )
