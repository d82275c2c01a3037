"""Everything that serves, in the order in which it is needed."""

from __future__ import annotations

from typing import Any

from components.kubernetes import names
from components.kubernetes.canary import of_canary
from components.kubernetes.disruption import disruption_budget
from components.kubernetes.manifest import Manifest, once
from components.kubernetes.namespace import namespace
from components.kubernetes.network import default_deny
from components.kubernetes.service_account import service_account
from components.kubernetes.serving.bucket import bucket_objects, role_of_bucket
from components.kubernetes.serving.compiled import compiled_claim
from components.kubernetes.serving.deployment import deployment
from components.kubernetes.serving.fetch_job import fetch_job
from components.kubernetes.serving.files import file_map
from components.kubernetes.serving.leader_worker_set import leader_worker_set
from components.kubernetes.serving.network import engine_holes, fetch_holes
from components.kubernetes.serving.pod import pod
from components.kubernetes.serving.quota import quota
from components.kubernetes.serving.services import services
from components.kubernetes.serving.store import claim
from components.specs.cluster import KubernetesSpec


def manifests(spec: KubernetesSpec, image: Any, canary_image: Any = None) -> tuple[Manifest, ...]:
    """Objects of `spec.workload` and `spec.canary`; the images, by digest, may be Outputs.

    Raises ValueError for a store that nobody can fill, or a cache of no size.
    """
    ground = (
        *((namespace(spec), quota(spec)) if spec.create_namespace else ()),
        default_deny(spec),
    )
    canary = of_canary(spec)
    others = _replicas(canary, canary_image) if canary else ()
    return once((*ground, *_replicas(spec, image), *others))


def _replicas(spec: KubernetesSpec, image: Any) -> tuple[Manifest, ...]:
    name, part = names.serving(spec), spec.workload.part
    several = spec.workload.engine.nodes > 1
    return tuple(
        made
        for made in (
            engine_holes(spec),
            service_account(spec, name, part, role_of_bucket(spec)),
            file_map(spec),
            *_stored(spec, image),
            compiled_claim(spec),
            *services(spec),
            disruption_budget(spec, name, part),
            (leader_worker_set if several else deployment)(spec, pod(spec, image)),
        )
        if made
    )


def _stored(spec: KubernetesSpec, image: Any) -> tuple[Manifest, ...]:
    """A claim and what fills it, or the bucket that is full already."""
    match spec.workload.store.kind:
        case "volume":
            return fetch_holes(spec), claim(spec), fetch_job(spec, image)
        case "bucket":
            return bucket_objects(spec)
        case _:
            return ()
