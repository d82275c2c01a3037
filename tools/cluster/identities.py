"""Who is who in the cluster: certificates and kubeconfigs of all parts and of the person."""

from __future__ import annotations

import base64
import json
from pathlib import Path

from tools.cluster.certificates import Authority, Pair, key_pair, write_key
from tools.cluster.kept import DNS
from tools.cluster.layout import (
    API_ADDRESS,
    API_URL,
    CONFIG,
    DOMAIN,
    KUBECONFIG,
    NODE,
    NODE_ADDRESS,
    PKI,
)

_API_NAMES = (
    "kubernetes",
    "kubernetes.default",
    "kubernetes.default.svc",
    f"kubernetes.default.svc.{DOMAIN}",
    "localhost",
)
_USERS = {
    "kube-controller-manager": ("system:kube-controller-manager",),
    "kube-scheduler": ("system:kube-scheduler",),
    "kube-proxy": ("system:kube-proxy",),
    "kubelet": (f"system:node:{NODE}", "system:nodes"),
    # No built-in role fits it, and it runs beside the API server, not in a pod.
    DNS: ("coredns", "system:masters"),
}
"""Names and groups that Kubernetes' built-in roles are bound to."""


def write_identities() -> None:
    """Write keys and certificates below `PKI`, a kubeconfig for each part, the admin's last."""
    authority, front = Authority("kubernetes-ca"), Authority("front-proxy-ca")
    authority.pair.write(PKI, "ca")
    authority.server(_API_NAMES, (NODE_ADDRESS, API_ADDRESS, "127.0.0.1")).write(PKI, "apiserver")
    authority.client("apiserver-kubelet-client", "system:masters").write(PKI, "kubelet-client")
    front.pair.write(PKI, "front-proxy-ca")
    front.client("front-proxy").write(PKI, "front-proxy")
    key_pair().write(PKI, "service-accounts")
    for part, (user, *groups) in _USERS.items():
        _write_kubeconfig(kubeconfig_of(part), authority, authority.client(user, *groups))
    _write_kubeconfig(KUBECONFIG, authority, authority.client("admin", "system:masters"))


def kubeconfig_of(part: str) -> Path:
    return CONFIG / f"{part}.kubeconfig"


def _write_kubeconfig(path: Path, authority: Authority, user: Pair) -> None:
    """As JSON, which is YAML, certificates inside: the file works wherever it is copied to."""
    cluster = {"server": API_URL, "certificate-authority-data": _text(authority.pair.certificate)}
    content = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": NODE, "cluster": cluster}],
        "users": [
            {
                "name": NODE,
                "user": {
                    "client-certificate-data": _text(user.certificate),
                    "client-key-data": _text(user.key),
                },
            }
        ],
        "contexts": [{"name": NODE, "context": {"cluster": NODE, "user": NODE}}],
        "current-context": NODE,
    }
    write_key(path, json.dumps(content, indent=2).encode())


def _text(pem: bytes) -> str:
    return base64.b64encode(pem).decode()
