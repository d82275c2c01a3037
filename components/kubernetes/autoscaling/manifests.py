"""The objects of `spec.autoscaling`."""

from __future__ import annotations

from components.kubernetes.autoscaling.hpa import horizontal_pod_autoscaler, recorded_triggers
from components.kubernetes.autoscaling.keda import scaled_object
from components.kubernetes.manifest import Manifest
from components.specs.cluster import KubernetesSpec


def manifests(spec: KubernetesSpec) -> tuple[Manifest, ...]:
    """Nothing, where the number of replicas is fixed."""
    scaling = spec.autoscaling
    if scaling is None:
        return ()
    if scaling.kind == "keda":
        return (scaled_object(spec, scaling),)
    return recorded_triggers(spec, scaling), horizontal_pod_autoscaler(spec, scaling)
