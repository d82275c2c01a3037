"""Prometheus that scrapes annotated pods of the whole cluster, every second."""

from __future__ import annotations

import json
from collections.abc import Mapping

from tools.cluster.operators.operator import Manifest, Operator, labelled

NAMESPACE = "slipway-prometheus"
PORT = 9090
URL = f"http://prometheus.{NAMESPACE}.svc:{PORT}"
_NAME = "prometheus"
_LABELS = {"app.kubernetes.io/name": _NAME}
_META = "__meta_kubernetes_pod"
_ANNOTATION = f"{_META}_annotation_prometheus_io"


def _manifests(images: Mapping[str, str]) -> list[Manifest]:
    inside = {"name": _NAME, "namespace": NAMESPACE}
    config = {"prometheus.yml": json.dumps(_config(), indent=2)}
    rules = [
        {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "watch"]},
    ]
    role = f"{NAMESPACE}-reader"
    return labelled(
        _NAME,
        [
            {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}},
            {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": inside},
            {
                "apiVersion": "rbac.authorization.k8s.io/v1",
                "kind": "ClusterRole",
                "metadata": {"name": role},
                "rules": rules,
            },
            {
                "apiVersion": "rbac.authorization.k8s.io/v1",
                "kind": "ClusterRoleBinding",
                "metadata": {"name": role},
                "roleRef": {
                    "apiGroup": "rbac.authorization.k8s.io",
                    "kind": "ClusterRole",
                    "name": role,
                },
                "subjects": [{"kind": "ServiceAccount", **inside}],
            },
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": inside, "data": config},
            {
                "apiVersion": "v1",
                "kind": "Service",
                "metadata": inside,
                "spec": {"selector": _LABELS, "ports": [{"name": "http", "port": PORT}]},
            },
            {
                "apiVersion": "apps/v1",
                "kind": "Deployment",
                "metadata": inside,
                "spec": {
                    "selector": {"matchLabels": _LABELS},
                    "template": {"metadata": {"labels": _LABELS}, "spec": _pod(images[_NAME])},
                },
            },
        ],
    )


def _config() -> Manifest:
    """Series carry what a PodMonitor would give them: namespace, pod, container."""
    return {
        "global": {"scrape_interval": "1s", "scrape_timeout": "1s"},
        "scrape_configs": [
            {
                "job_name": "pods",
                "kubernetes_sd_configs": [{"role": "pod"}],
                "relabel_configs": [
                    _from(f"{_ANNOTATION}_scrape", regex="true", action="keep"),
                    _from(f"{_META}_phase", regex="Running", action="keep"),
                    _from(f"{_ANNOTATION}_path", regex="(.+)", target_label="__metrics_path__"),
                    _from(
                        f"{_META}_ip",
                        f"{_ANNOTATION}_port",
                        separator=":",
                        regex="(.+:.+)",
                        target_label="__address__",
                    ),
                    _from("__meta_kubernetes_namespace", target_label="namespace"),
                    _from(f"{_META}_name", target_label="pod"),
                    _from(f"{_META}_container_name", target_label="container"),
                ],
            }
        ],
    }


def _from(*labels: str, **rule: str) -> dict[str, object]:
    return {"source_labels": list(labels), **rule}


def _pod(image: str) -> Manifest:
    config, data = "/etc/prometheus", "/prometheus"
    return {
        "serviceAccountName": _NAME,
        "securityContext": {
            "runAsNonRoot": True,
            "fsGroup": 65532,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [
            {
                "name": _NAME,
                "image": image,
                "ports": [{"name": "http", "containerPort": PORT}],
                "readinessProbe": {
                    "httpGet": {"path": "/-/ready", "port": "http"},
                    "periodSeconds": 1,
                },
                "resources": {"requests": {"cpu": "10m"}, "limits": {"memory": "512Mi"}},
                "securityContext": {
                    "allowPrivilegeEscalation": False,
                    "capabilities": {"drop": ["ALL"]},
                    "readOnlyRootFilesystem": True,
                },
                "volumeMounts": [
                    {"name": "config", "mountPath": config},
                    {"name": "data", "mountPath": data},
                ],
            }
        ],
        "volumes": [
            {"name": "config", "configMap": {"name": _NAME}},
            {"name": "data", "emptyDir": {}},
        ],
    }


PROMETHEUS = Operator(name=_NAME, namespace=NAMESPACE, stand_ins=(_NAME,), manifests=_manifests)
