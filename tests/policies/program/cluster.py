"""Kubernetes objects, written to files: no cluster is asked."""

from __future__ import annotations

import tempfile
from functools import cache
from typing import Any

import pulumi

from components.cluster.objects import KubernetesObject, versioned

_DIGEST = f"sha256:{'a' * 64}"
_FILTER = "filters: [{name: envoy.filters.http.api_key_auth}]"


def declare(kind: str) -> None:
    good = kind == "good"
    limits = {"limits": {"nvidia.com/gpu": "8"}} if good else {}
    _object(f"{kind}-pool", "karpenter.sh/v1", "NodePool", spec={**_pool("g6.xlarge"), **limits})
    if good:
        _object("good-cpus", "karpenter.sh/v1", "NodePool", spec=_pool("m7i.xlarge"))
    image = f"registry.example.com/engine@{_DIGEST}" if good else "registry.example.com/engine:v1"
    config = {"envoy.yaml": _FILTER if good else "filters: []"}
    _object(f"{kind}-config", "v1", "ConfigMap", data=config)
    labels = {"app": f"{kind}-gateway"}
    pod = {
        "containers": [{"name": "gateway", "image": image}],
        "volumes": [{"name": "config", "configMap": {"name": f"{kind}-config"}}],
    }
    template = {"metadata": {"labels": labels}, "spec": pod}
    spec = {"selector": {"matchLabels": labels}, "template": template}
    _object(f"{kind}-gateway", "apps/v1", "Deployment", spec=spec)
    service = {"type": "LoadBalancer", "selector": labels, "ports": [{"port": 80}]}
    _object(f"{kind}-entrance", "v1", "Service", spec=service)
    if good:
        # Nothing asks for a key behind it, but it is reached from the network alone.
        _object("good-internal", "v1", "Service", spec={**service, "selector": {"app": "inner"}})


def _pool(instance: str) -> dict[str, Any]:
    chosen = {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": [instance]}
    reference = {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "nodes"}
    return {"template": {"spec": {"nodeClassRef": reference, "requirements": [chosen]}}}


def _object(name: str, version: str, kind: str, **body: Any) -> None:
    scheme = "internal" if name == "good-internal" else "internet-facing"
    notes = {"service.beta.kubernetes.io/aws-load-balancer-scheme": scheme}
    metadata = {"name": name, "annotations": notes if kind == "Service" else {}}
    manifest = {"apiVersion": version, "kind": kind, "metadata": metadata, **body}
    KubernetesObject(name, manifest, pulumi.ResourceOptions(provider=_provider()))


@cache
def _provider() -> pulumi.ProviderResource:
    folder = {"renderYamlToDirectory": tempfile.mkdtemp()}
    return pulumi.ProviderResource(
        "kubernetes", "files", folder, versioned(pulumi.ResourceOptions())
    )
