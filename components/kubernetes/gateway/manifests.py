"""All objects of the gateway."""

from __future__ import annotations

from typing import Any

from components.kubernetes import names
from components.kubernetes.disruption import disruption_budget
from components.kubernetes.gateway.config import config_objects
from components.kubernetes.gateway.entrance import routes, service
from components.kubernetes.gateway.limits import limits_objects
from components.kubernetes.gateway.network import gateway_holes
from components.kubernetes.gateway.picker import picker_objects
from components.kubernetes.gateway.pod import COMPONENT
from components.kubernetes.gateway.workload import autoscalers, deployment
from components.kubernetes.manifest import Manifest
from components.kubernetes.service_account import service_account
from components.specs.cluster import KubernetesSpec


def manifests(spec: KubernetesSpec, files: Any) -> tuple[Manifest, ...]:
    """Objects of `spec.gateway`; `files` is what `secret_files` makes, which may be an Output.

    Raises ValueError for a limit that nobody would count and for a certificate given by paths.
    """
    name = names.gateway(spec)
    return (
        gateway_holes(spec),
        service_account(spec, name, COMPONENT),
        *config_objects(spec, files),
        *limits_objects(spec),
        *picker_objects(spec),
        service(spec),
        disruption_budget(spec, name, COMPONENT),
        *autoscalers(spec),
        deployment(spec),
        *routes(spec),
    )
