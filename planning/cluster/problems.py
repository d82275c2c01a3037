"""Rules: what `kubernetes` and `eks` need of a plan that has been made."""

from __future__ import annotations

from collections.abc import Iterator

from planning.catalog import Catalog
from planning.catalog.rows.pins import ChartRow
from planning.choice import Candidate
from planning.cluster.charts import prometheus_url
from planning.cluster.needed import builds, needed_pins
from planning.cluster.pins import Pin
from planning.cluster.routing import routing_problems
from planning.cluster.stores import store_problems
from planning.cluster.unbuilt import unbuilt_keys
from planning.problems import Problem
from planning.settings import Settings

_IMAGES = "slipway:images"


def cluster_problems(settings: Settings, chosen: Candidate, catalog: Catalog) -> Iterator[Problem]:
    """The first is what stands in the way of everything else."""
    if chosen.engine_version not in catalog.engine_contracts:
        yield _contract_is_missing(chosen.engine_version, catalog)
        return
    own_nodes = settings.target == "kubernetes"  # `eks` makes nodes and registry itself
    if own_nodes and builds(settings, chosen) and settings.images.registry is None:
        yield _registry_is_missing()
    if chosen.engine == "onnx" and not settings.images.build:
        yield from _image_is_named(settings)
    for pin in needed_pins(settings, chosen, catalog).values():
        if not pin.pinned:
            yield _unresolved(pin)
    yield from _charts_are_pinned(settings, catalog)
    if chosen.replicas[0] != chosen.replicas[1] and prometheus_url(settings) is None:
        yield _prometheus_is_missing()
    if own_nodes:
        yield from _nodes_are_told_apart(settings, chosen)
    yield from routing_problems(settings, chosen)
    yield from unbuilt_keys(settings, chosen)
    yield from store_problems(settings, catalog)


def renderer_refuses(chosen: Candidate, reason: str) -> Problem:
    return Problem(
        path="slipway:engine",
        code="engine-cannot-be-told",
        got=reason,
        allowed=f"what {chosen.engine_version} understands (engine_contracts.yaml)",
        fixes=("leave that key out", "or write another engine.version"),
    )


def _contract_is_missing(version: str, catalog: Catalog) -> Problem:
    return Problem(
        path="slipway:engine.version",
        code="contract-unknown",
        got=f"{version}, whose flags and metrics nobody has looked up",
        allowed=", ".join(catalog.engine_contracts),
        fixes=(
            "write one of them",
            "or add a row to planning/catalog/engine_contracts.yaml, with source and date",
        ),
    )


def _registry_is_missing() -> Problem:
    return Problem(
        path=f"{_IMAGES}.registry",
        code="missing-key",
        got="nothing, while the image of onnx is built by up",
        allowed="a registry that this machine can push to and the cluster can pull from",
        fixes=(f"pulumi config set --path {_IMAGES}.registry <registry>/<path>",),
    )


def _image_is_named(settings: Settings) -> Iterator[Problem]:
    if settings.images.overrides.onnx is None:
        yield Problem(
            path=f"{_IMAGES}.overrides.onnx",
            code="image-unnamed",
            got="nothing, while build: false says that the image is there already",
            allowed="an image by digest that holds server and model",
            fixes=("write images.overrides: {onnx: <image>@sha256:<digest>}", "or build: true"),
        )


def _unresolved(pin: Pin) -> Problem:
    return Problem(
        path=f"{_IMAGES}.overrides.{pin.name}",
        code="unresolved",
        got=f"nothing, and the digest of {pin.reference} is not resolved here",
        allowed="an image by digest: a tag can be moved to something else",
        fixes=(
            "make pins, with a network: it writes the digest to planning/catalog/images.yaml, row "
            f"{pin.row}",
            f"or write images.overrides: {{{pin.name}: {pin.reference}@sha256:<digest>}}",
        ),
    )


def _charts_are_pinned(settings: Settings, catalog: Catalog) -> Iterator[Problem]:
    for index, one in enumerate(settings.kubernetes.operators):
        row = catalog.charts.get(one.name)
        path = f"slipway:kubernetes.operators[{index}]"
        if one.install and one.chart is None and row is None:
            yield Problem(
                path=f"{path}.name",
                code="unknown-to-catalog",
                got=f'"{one.name}", of which no chart is known here',
                allowed=", ".join(catalog.charts),
                fixes=("write chart: oci://…, and chartVersion", "or remove install"),
            )
        elif one.install and one.chart_version is None and (one.chart or not _version(row)):
            yield Problem(
                path=f"{path}.chartVersion",
                code="unresolved",
                got=f"nothing, and no version of {one.chart or one.name} is known here",
                allowed="the version of the chart",
                fixes=("make pins, with a network", "or write chartVersion"),
            )


def _version(row: ChartRow | None) -> str | None:
    return row.value.version if row else None


def _nodes_are_told_apart(settings: Settings, chosen: Candidate) -> Iterator[Problem]:
    """A pod asks for a number of GPUs, and gets whichever the node has."""
    pool = settings.pool
    if chosen.gpu and not (pool and (pool.instance_type or pool.node_labels)):
        yield Problem(
            path="slipway:pools[0].nodeLabels",
            code="gpu-not-selected",
            got=f"nothing that tells nodes with {chosen.gpu} from nodes with another GPU",
            allowed="labels of the nodes, where the cluster has several kinds of GPUs",
            fixes=(
                "write nodeLabels, such as {nvidia.com/gpu.product: …} of GPU feature discovery",
                "nothing to do where all GPUs are alike",
            ),
            severity="advice",
        )


def _prometheus_is_missing() -> Problem:
    return Problem(
        path="slipway:observability.prometheusUrl",
        code="missing-key",
        got="nothing, while an autoscaler has to ask for the load",
        allowed="where Prometheus answers, as seen from the cluster",
        fixes=(
            "write observability.prometheusUrl, such as http://prometheus.monitoring.svc:9090",
            "or install it: kubernetes.operators: [{name: kube-prometheus-stack, install: true}]",
        ),
    )
