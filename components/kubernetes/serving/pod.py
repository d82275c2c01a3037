"""The pod of a replica."""

from __future__ import annotations

from typing import Any

from components.kubernetes import names
from components.kubernetes.lifecycle import pre_stop
from components.kubernetes.manifest import Manifest, labels
from components.kubernetes.placement import placement, spread, together
from components.kubernetes.probes import probes
from components.kubernetes.security import container_security, pod_security
from components.kubernetes.serving.environment import environment
from components.kubernetes.serving.resources import resources
from components.kubernetes.serving.volumes import mounts, volumes
from components.specs.cluster import KubernetesSpec


def pod(spec: KubernetesSpec, image: Any) -> Manifest:
    """A pod template: labels and what runs."""
    workload = spec.workload
    part = workload.part
    body: Manifest = {
        "serviceAccountName": names.serving(spec),
        "automountServiceAccountToken": False,
        # Addresses of every Service of the namespace would be variables of the engine.
        "enableServiceLinks": False,
        "securityContext": pod_security(workload.container.user, workload.container.group),
        "terminationGracePeriodSeconds": workload.grace_seconds,
        **placement(workload.placement),
    }
    if workload.engine.nodes > 1:
        body["affinity"] = together(spec, part)
    else:
        body["topologySpreadConstraints"] = spread(spec, part)
    body["containers"] = [_container(spec, image)]
    if volume_list := volumes(spec):
        body["volumes"] = volume_list
    return {"metadata": {"labels": labels(spec, part)}, "spec": body}


def worker(spec: KubernetesSpec, leader: Manifest) -> Manifest:
    """The pod of a node that works for `leader`: it takes no requests."""
    (container,) = leader["spec"]["containers"]
    without = ("startupProbe", "readinessProbe", "livenessProbe", "ports", "lifecycle")
    plain = {key: value for key, value in container.items() if key not in without}
    works = {**plain, "args": list(spec.workload.container.worker_args)}
    return {**leader, "spec": {**leader["spec"], "containers": [works]}}


def _container(spec: KubernetesSpec, image: Any) -> Manifest:
    """Keys of the container's spec; what is empty is the image's own."""
    workload = spec.workload
    container = workload.container
    made: Manifest = {
        "name": "engine",
        "image": image,
        "command": list(container.command),
        "args": list(container.args),
        "env": environment(workload),
        "ports": [
            {"name": port.name, "containerPort": port.number, "protocol": "TCP"}
            for port in container.ports
        ],
        "resources": resources(workload),
        **probes(container),
        **pre_stop(workload.pre_stop_seconds),
        "securityContext": container_security(),
        "volumeMounts": mounts(spec),
    }
    return {key: value for key, value in made.items() if value not in ([], {})}
