"""GPUs that report errors, by NVIDIA's DCGM exporter."""

from __future__ import annotations

from components.kubernetes.monitoring.rule import Alert
from components.specs.cluster import KubernetesSpec


def hardware_alerts(spec: KubernetesSpec) -> list[Alert]:
    """None without GPUs."""
    if not spec.workload.placement.gpus:
        return []
    # The pod's namespace, under either name: it depends on how the exporter is scraped.
    errors = " or ".join(
        f'DCGM_FI_DEV_XID_ERRORS{{{label}="{spec.namespace}"}}'
        for label in ("namespace", "exported_namespace")
    )
    return [
        Alert(
            name="GpuError",
            expression=f"({errors}) > 0",
            seconds=0,
            severity="critical",
            summary="a GPU reports an error",
            description="GPU {{ $labels.gpu }} of {{ $labels.Hostname }}: XID {{ $value }}.",
        )
    ]
