"""All that is made on a cluster."""

from __future__ import annotations

from components.specs import ModelSpec
from components.specs.cluster import KubernetesSpec
from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.catalog.rows import ModelRow
from planning.cluster.build import image_build
from planning.cluster.engine import engine_spec
from planning.cluster.gateway import cluster_gateway
from planning.cluster.names import own_name, stack_label
from planning.cluster.needed import needed_pins
from planning.cluster.observability import observability_spec
from planning.cluster.workload import workload_spec
from planning.engine_contract import contract_of
from planning.onnx import onnx_model
from planning.placed import Placed
from planning.settings import Settings


def kubernetes_spec(
    settings: Settings,
    stack: str,
    model: Architecture,
    row: ModelRow | None,
    placed: Placed,
    catalog: Catalog,
) -> KubernetesSpec | None:
    """None where nothing is chosen, no image is named, or nobody knows what it understands."""
    chosen, start = placed.chosen, placed.cold_start
    contract = contract_of(chosen.engine_version, catalog) if chosen else None
    if chosen is None or start is None or contract is None:
        return None
    cluster = settings.kubernetes
    pins = needed_pins(settings, chosen, catalog)
    build = image_build(settings, chosen, pins)
    if build is None and chosen.engine not in pins:
        return None
    engine = engine_spec(settings, chosen, start, contract)
    image = pins[chosen.engine].reference if build is None else None
    return KubernetesSpec(
        name=cluster.name or own_name(stack),
        namespace=cluster.namespace or own_name(stack),
        create_namespace=cluster.namespace is None
        if cluster.create_namespace is None
        else cluster.create_namespace,
        kubeconfig=cluster.kubeconfig,
        context=cluster.context,
        labels={"slipway.dev/stack": stack_label(stack)},
        model=_artefact(settings, row, catalog) if build else None,
        build=build,
        workload=workload_spec(settings, model, chosen, start, engine, image),
        gateway=cluster_gateway(settings, catalog, pins),
        autoscaling=None,
        observability=observability_spec(settings, contract.metrics, start),
        charts=(),
        smoke_check=settings.checks.smoke,
    )


def _artefact(settings: Settings, row: ModelRow | None, catalog: Catalog) -> ModelSpec:
    """What is converted and put into the image."""
    return onnx_model(settings, catalog, row, settings.models[0].served_name)
