"""What the planner tells components about an engine image."""

from __future__ import annotations

from components.specs.engine import ContractSpec, MetricsSpec
from planning.catalog import Catalog


def contract_of(version: str, catalog: Catalog) -> ContractSpec | None:
    """Of a row of engine_versions.yaml; None: nobody has looked up what that image understands."""
    row = catalog.engine_contracts.get(version)
    if row is None:
        return None
    facts, metrics = row.value, row.value.metrics
    return ContractSpec(
        version=version,
        flags=facts.flags,
        fields=facts.fields,
        port=facts.port,
        metrics_port=metrics.port or facts.port,
        ready_path=facts.ready,
        live_path=facts.live,
        user=facts.user,
        group=facts.group,
        scratch=facts.scratch,
        metrics=MetricsSpec(
            path=metrics.path,
            port="metrics" if metrics.port else "http",
            names=metrics.names,
            model_label=metrics.model_label,
            buckets=metrics.buckets,
        ),
    )
