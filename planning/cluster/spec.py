"""All that is made on a cluster."""

from __future__ import annotations

from components.specs.cluster import KubernetesSpec
from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.catalog.rows import ModelRow
from planning.choice import Candidate
from planning.cluster.build import image_build
from planning.cluster.charts import chart_specs
from planning.cluster.engine import engine_spec
from planning.cluster.gateway import cluster_gateway
from planning.cluster.names import creates_namespace, own_name, stack_label
from planning.cluster.needed import needed_pins
from planning.cluster.observability import observability_spec
from planning.cluster.scaling import planned_autoscaling, planned_hold
from planning.cluster.workload import workload_spec
from planning.coldstart import ColdStart
from planning.engine_contract import contract_of
from planning.onnx import onnx_model
from planning.served import served_name
from planning.settings import Settings


def kubernetes_spec(
    settings: Settings,
    stack: str,
    model: Architecture,
    row: ModelRow | None,
    chosen: Candidate,
    start: ColdStart,
    catalog: Catalog,
) -> KubernetesSpec:
    """Raises ValueError for what that version of the engine cannot be told."""
    contract = contract_of(chosen.engine_version, catalog)
    if contract is None:
        raise AssertionError(f"a plan without contract of {chosen.engine_version} came this far")
    cluster = settings.kubernetes
    name, namespace = cluster.name or own_name(stack), cluster.namespace or own_name(stack)
    pins = needed_pins(settings, chosen, catalog)
    build = image_build(settings, chosen, pins)
    served = served_name(settings, row)
    engine = engine_spec(settings, chosen, start, contract, served, catalog)
    image = pins[chosen.engine].reference if build is None else None
    return KubernetesSpec(
        name=name,
        namespace=namespace,
        create_namespace=creates_namespace(settings),
        kubeconfig=cluster.kubeconfig,
        context=cluster.context,
        pull_secret=settings.images.pull_secret,
        labels={"slipway.dev/stack": stack_label(stack)},
        model=onnx_model(settings, catalog, row, served) if build else None,
        build=build,
        workload=workload_spec(settings, model, chosen, start, engine, image),
        gateway=cluster_gateway(
            settings, catalog, pins, planned_hold(settings, chosen.replicas[0], start)
        ),
        autoscaling=planned_autoscaling(
            settings, chosen, engine, start, namespace=namespace, name=name
        ),
        observability=observability_spec(settings, contract.metrics, chosen, start),
        charts=chart_specs(settings, catalog),
        smoke_check=settings.checks.smoke,
    )
