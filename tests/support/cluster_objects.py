"""Rendered objects on a real API server, in a namespace of their own."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import replace
from uuid import uuid4

from components.kubernetes.manifest import Manifest
from components.specs.cluster import KubernetesSpec
from tests.support.kube import Kube


def in_own_namespace(spec: KubernetesSpec) -> KubernetesSpec:
    """`spec` in a namespace that nobody has and that its own objects make."""
    return replace(spec, namespace=f"slipway-test-{uuid4().hex[:8]}", create_namespace=True)


@contextmanager
def applied(kube: Kube, objects: Iterable[Manifest]) -> Generator[None]:
    """The objects, the namespace first; what belongs to the cluster is deleted afterwards, the
    namespace with all in it, which goes on when this has returned."""
    namespace, *others = objects
    assert namespace["kind"] == "Namespace"
    of_cluster = [made for made in others if "namespace" not in made["metadata"]]
    kube.apply(namespace)
    try:
        kube.apply(as_list(others))
        yield
    finally:
        content = as_list([namespace, *of_cluster])
        kube.run("delete", "--filename=-", "--wait=false", content=content)


def as_list(objects: Iterable[Manifest]) -> Manifest:
    return {"apiVersion": "v1", "kind": "List", "items": list(objects)}


def pods_of(objects: Iterable[Manifest]) -> Generator[Manifest]:
    """Each pod template as a pod: Pod Security refuses pods only, of their owners it warns."""
    for made in objects:
        body = made.get("spec", {})
        templates = {"": body.get("template")}
        if group := body.get("leaderWorkerTemplate"):
            templates = {"-0": group["leaderTemplate"], "-1": group["workerTemplate"]}
        for ending, template in templates.items():
            if template:
                metadata = {
                    **template["metadata"],
                    "name": f"{made['metadata']['name']}{ending}",
                    "namespace": made["metadata"]["namespace"],
                }
                yield {"apiVersion": "v1", "kind": "Pod", **template, "metadata": metadata}
