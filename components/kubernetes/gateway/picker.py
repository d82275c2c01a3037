"""The pool of replicas and its endpoint picker, of the Gateway API inference extension.

Our Envoy asks the picker itself. A Gateway of the cluster that knows the extension can have the
same pool as a `backendRef` of an HTTPRoute.
"""

from __future__ import annotations

import json

from components.kubernetes import names
from components.kubernetes.disruption import disruption_budget
from components.kubernetes.gateway.network import picker_holes
from components.kubernetes.gateway.site import PICKER_PORT
from components.kubernetes.manifest import Component, Manifest, labels, manifest, selector
from components.kubernetes.placement import spread
from components.kubernetes.security import container_security, pod_security
from components.kubernetes.service_account import service_account
from components.specs.cluster import KubernetesSpec, PickerSpec

_COMPONENT: Component = "picker"
_NOBODY = 65532
_REPLICAS = 2
"""Each knows the prompts that went through it; without any, prompts are refused."""
_CONFIG = "/config"
_FILE = "plugins.yaml"
_HEALTH_PORT = 9003
_GROUP = "inference.networking.k8s.io"
_RBAC = "rbac.authorization.k8s.io"
_READ = ["get", "list", "watch"]
_API = "/var/run/secrets/kubernetes.io/serviceaccount"
_NAMESPACE: Manifest = {"path": "namespace", "fieldRef": {"fieldPath": "metadata.namespace"}}
_API_ACCESS: list[Manifest] = [
    {"serviceAccountToken": {"path": "token", "expirationSeconds": 3600}},
    {
        "configMap": {
            "name": "kube-root-ca.crt",
            "items": [{"key": "ca.crt", "path": "ca.crt"}],
        }
    },
    {"downwardAPI": {"items": [_NAMESPACE]}},
]
"""The one pod of a stack that asks the API server: what others are given unasked, said in full."""


def picker_objects(spec: KubernetesSpec) -> tuple[Manifest, ...]:
    """None where Envoy chooses replicas itself."""
    picker, name = spec.gateway.picker, names.picker(spec)
    if picker is None:
        return ()
    port = {"name": "grpc", "port": PICKER_PORT, "targetPort": "grpc", "protocol": "TCP"}
    # Each of its pods is asked in turn, over connections that Envoy keeps.
    entrance: Manifest = {
        "type": "ClusterIP",
        "clusterIP": "None",
        "selector": selector(spec, _COMPONENT),
        "ports": [port],
    }
    return (
        picker_holes(spec),
        service_account(spec, name, _COMPONENT),
        *_rights(spec),
        manifest(spec, "v1", "ConfigMap", name, _COMPONENT, data={_FILE: _plugins(spec)}),
        manifest(spec, "v1", "Service", name, _COMPONENT, spec=entrance),
        _pool(spec),
        disruption_budget(spec, name, _COMPONENT),
        _deployment(spec, picker),
    )


def _pool(spec: KubernetesSpec) -> Manifest:
    body: Manifest = {
        "selector": {"matchLabels": selector(spec, "engine")},
        "targetPorts": [{"number": spec.workload.container.ports[0].number}],
        "endpointPickerRef": {"name": names.picker(spec), "port": {"number": PICKER_PORT}},
    }
    name = names.serving(spec)
    return manifest(spec, f"{_GROUP}/v1", "InferencePool", name, _COMPONENT, spec=body)


def _rights(spec: KubernetesSpec) -> tuple[Manifest, Manifest]:
    """It watches the pool and its pods, in this namespace alone."""
    name = names.picker(spec)
    objectives = ["inferenceobjectives", "inferencemodelrewrites"]
    rules = [
        {"apiGroups": [""], "resources": ["pods"], "verbs": _READ},
        {"apiGroups": [_GROUP], "resources": ["inferencepools"], "verbs": _READ},
        {"apiGroups": ["llm-d.ai"], "resources": objectives, "verbs": _READ},
    ]
    subject = {"kind": "ServiceAccount", "name": name, "namespace": spec.namespace}
    role = {"apiGroup": _RBAC, "kind": "Role", "name": name}
    return (
        manifest(spec, f"{_RBAC}/v1", "Role", name, _COMPONENT, rules=rules),
        manifest(
            spec,
            f"{_RBAC}/v1",
            "RoleBinding",
            name,
            _COMPONENT,
            subjects=[subject],
            roleRef=role,
        ),
    )


def _plugins(spec: KubernetesSpec) -> str:
    """Weights as its chart has them: a known prefix first, then queue and KV cache."""
    weights = {"queue-scorer": 2, "kv-cache-utilization-scorer": 2, "prefix-cache-scorer": 3}
    source = {
        "type": "metrics-data-source",
        "parameters": {"scheme": "http", "path": spec.observability.metrics.path},
    }
    plugins = [*({"type": name} for name in weights), source, {"type": "core-metrics-extractor"}]
    chosen = [{"pluginRef": name, "weight": weight} for name, weight in weights.items()]
    config = {
        "apiVersion": "llm-d.ai/v1alpha1",
        "kind": "EndpointPickerConfig",
        "plugins": plugins,
        "schedulingProfiles": [{"name": "default", "plugins": chosen}],
    }
    return json.dumps(config, indent=1) + "\n"


def _deployment(spec: KubernetesSpec, picker: PickerSpec) -> Manifest:
    pod: Manifest = {
        "serviceAccountName": names.picker(spec),
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "securityContext": pod_security(_NOBODY, _NOBODY),
        "topologySpreadConstraints": spread(spec, _COMPONENT),
        "containers": [_container(spec, picker)],
        "volumes": [
            {"name": "config", "configMap": {"name": names.picker(spec), "defaultMode": 0o440}},
            {"name": "api", "projected": {"defaultMode": 0o440, "sources": _API_ACCESS}},
        ],
    }
    body: Manifest = {
        "replicas": _REPLICAS,
        "revisionHistoryLimit": 1,
        "selector": {"matchLabels": selector(spec, _COMPONENT)},
        "strategy": {
            "type": "RollingUpdate",
            "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0},
        },
        "template": {"metadata": {"labels": labels(spec, _COMPONENT)}, "spec": pod},
    }
    return manifest(spec, "apps/v1", "Deployment", names.picker(spec), _COMPONENT, spec=body)


def _container(spec: KubernetesSpec, picker: PickerSpec) -> Manifest:
    health = {"grpc": {"port": _HEALTH_PORT, "service": "inference-extension"}}
    return {
        "name": "picker",
        "image": picker.image,
        "args": [
            *("--pool-name", names.serving(spec)),
            *("--pool-namespace", spec.namespace),
            *("--pool-group", _GROUP),
            *("--config-file", f"{_CONFIG}/{_FILE}"),
            *("--grpc-health-port", str(_HEALTH_PORT)),
            # Between two pods of a closed network, as all of a stack speaks.
            "--secure-serving=false",
            "--metrics-endpoint-auth=false",
            "--tracing=false",
        ],
        "env": [
            {"name": "NAMESPACE", "value": spec.namespace},
            {"name": "POD_NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
        ],
        "ports": [
            {"name": "grpc", "containerPort": PICKER_PORT, "protocol": "TCP"},
            {"name": "health", "containerPort": _HEALTH_PORT, "protocol": "TCP"},
        ],
        "readinessProbe": {**health, "periodSeconds": 2},
        "livenessProbe": {**health, "initialDelaySeconds": 5, "periodSeconds": 10},
        # A choice: 5 cores carried 500 requests a second in its makers' measurement.
        "resources": {
            "requests": {"cpu": "1", "memory": "2Gi"},
            "limits": {"memory": "2Gi"},
        },
        "securityContext": container_security(),
        "volumeMounts": [
            {"name": "config", "mountPath": _CONFIG, "readOnly": True},
            {"name": "api", "mountPath": _API, "readOnly": True},
        ],
    }
