"""Rules: what a stack file says of a cluster fits together."""

from __future__ import annotations

from collections.abc import Iterator

from planning.checks.facts import Facts
from planning.problems import Problem
from planning.settings.kubernetes import Kubernetes

_PATH = "slipway:kubernetes"


def node_port_needs_its_service(facts: Facts) -> Iterator[Problem]:
    cluster = facts.stated.kubernetes
    if cluster and cluster.node_port is not None and cluster.service_type != "NodePort":
        yield Problem(
            path=f"{_PATH}.nodePort",
            code="key-unused",
            got=f"a node port of a Service of type {cluster.service_type}",
            allowed="only with serviceType: NodePort",
            fixes=("write serviceType: NodePort", "or remove nodePort"),
        )


def route_names_its_parent(facts: Facts) -> Iterator[Problem]:
    route = facts.stated.kubernetes.route if facts.stated.kubernetes else None
    if route is None or (route.kind == "http-route") == ("/" in route.parent):
        return
    wanted = {
        "http-route": "<namespace>/<name> of a Gateway",
        "ingress": "the name of an ingress class",
    }[route.kind]
    yield Problem(
        path=f"{_PATH}.route.parent",
        code="bad-format",
        got=f'"{route.parent}"',
        allowed=f"{wanted}, with kind: {route.kind}",
        fixes=(f"write {wanted}",),
    )


def nobody_is_let_in_from_outside_the_cluster(facts: Facts) -> Iterator[Problem]:
    clusters = ("kubernetes", "eks")
    if facts.stated.target not in clusters or facts.stated.access.auth != "none":
        return
    way = _way_in(facts.stated.kubernetes or Kubernetes.model_construct())
    if way is not None:
        yield Problem(
            path="slipway:access.auth",
            code="open-to-others",
            got=f"none, while {way} lets in who is outside the cluster",
            allowed="api-key, or none with serviceType: ClusterIP and no route",
            fixes=("write auth: api-key", "or write serviceType: ClusterIP and remove route"),
        )


def autoscaler_has_a_range(facts: Facts) -> Iterator[Problem]:
    scaling = facts.stated.scaling
    replicas, kind = scaling.replicas, scaling.autoscaler
    written = {"autoscaler", "targets"} & scaling.model_fields_set
    if facts.stated.target not in ("kubernetes", "eks"):
        return
    for key in sorted(written) if replicas is None or replicas.fixed else ():
        least = replicas.minimum if replicas else 1
        yield Problem(
            path=f"slipway:scaling.{key}",
            code="key-unused",
            got="a wish about an autoscaler, while the number of replicas is fixed",
            allowed="only with a range of replicas, such as 1..4",
            fixes=(f"write replicas: {least}..{least + 1}", f"or remove {key}"),
        )
    if kind == "hpa" and replicas is not None and replicas.minimum == 0:
        yield Problem(
            path="slipway:scaling.autoscaler",
            code="zero-unsupported",
            got="hpa, which keeps one replica at least",
            allowed="keda, which scales to zero",
            fixes=("write autoscaler: keda", f"or write replicas: 1..{replicas.maximum}"),
        )


def weights_have_one_place(facts: Facts) -> Iterator[Problem]:
    """What is named is used."""
    stated = facts.stated
    named = {
        "kubernetes.weightsBucket": ("s3", stated.kubernetes and stated.kubernetes.weights_bucket),
        "images.weights": ("image-volume", stated.images and stated.images.weights),
    }
    for key, (place, value) in named.items():
        if value is not None and stated.start.weights != place:
            yield Problem(
                path=f"slipway:{key}",
                code="key-unused",
                got=f"a key that means nothing with start.weights: {stated.start.weights}",
                allowed=f"only with start.weights: {place}",
                fixes=("remove it", f"or write start.weights: {place}"),
            )


def _way_in(cluster: Kubernetes) -> str | None:
    if cluster.route is not None:
        return f"the route to {cluster.route.host}"
    kind = cluster.service_type
    return None if kind == "ClusterIP" else f"a Service of type {kind}"
