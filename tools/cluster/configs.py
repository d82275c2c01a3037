"""Files that the cluster's parts read at their start."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tools.cluster.identities import kubeconfig_of
from tools.cluster.kept import DNS
from tools.cluster.layout import (
    CGROUP,
    CNI_PLUGINS,
    CONFIG,
    CONTAINERD,
    DOMAIN,
    NODE,
    NODE_ADDRESS,
    PKI,
    POD_NETWORK,
    REGISTRY,
    SYSCTL,
)

SYSCTLS = {
    "vm/overcommit_memory": "1",
    "vm/panic_on_oom": "0",
    "kernel/panic": "10",
    "kernel/panic_on_oops": "1",
    "kernel/keys/root_maxkeys": "1000000",
    "kernel/keys/root_maxbytes": "25000000",
}
"""What kubelet sets for the whole machine: in the cluster these files lie over the real ones."""


def write_configs(pause: str) -> None:
    """Write all below `CONFIG` and `SYSCTL`; `pause` is the reference of the pause image."""
    _write_json("kubelet.yaml", _kubelet())
    _write_json("kube-proxy.yaml", _kube_proxy())
    _write_json("registry.yaml", _registry())
    _write_json("cni/10-slipway.conflist", _pod_network())
    _write("containerd.toml", _containerd(pause))
    _write(f"hosts/{REGISTRY}/hosts.toml", _registry_host())
    _write("resolv.conf", "")
    _write("Corefile", _names())
    for name, value in SYSCTLS.items():
        path = SYSCTL / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{value}\n")


def _kubelet() -> dict[str, Any]:
    return {
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "authentication": {
            "anonymous": {"enabled": False},
            "webhook": {"enabled": True},
            "x509": {"clientCAFile": str(PKI / "ca.crt")},
        },
        "authorization": {"mode": "Webhook"},
        "cgroupDriver": "cgroupfs",
        "cgroupRoot": f"/{CGROUP}",
        "clusterDNS": [NODE_ADDRESS],
        "clusterDomain": DOMAIN,
        "containerRuntimeEndpoint": f"unix://{CONTAINERD}",
        # A nearly full disk is this machine's business: pods are not evicted for it.
        "evictionHard": {
            "memory.available": "100Mi",
            "nodefs.available": "1%",
            "imagefs.available": "1%",
            "nodefs.inodesFree": "1%",
        },
        "imageGCHighThresholdPercent": 100,
        "failCgroupV1": False,
        "failSwapOn": False,
        "oomScoreAdj": 0,
        "resolvConf": str(CONFIG / "resolv.conf"),
        "volumePluginDir": "/var/lib/kubelet/volume-plugins",
    }


def _kube_proxy() -> dict[str, Any]:
    return {
        "apiVersion": "kubeproxy.config.k8s.io/v1alpha1",
        "kind": "KubeProxyConfiguration",
        "clientConnection": {"kubeconfig": str(kubeconfig_of("kube-proxy"))},
        "clusterCIDR": POD_NETWORK,
        # The connection table is the whole machine's: its size is left as it is.
        "conntrack": {"maxPerCore": 0, "min": 0},
        "mode": "iptables",
        "oomScoreAdj": 0,
    }


def _registry() -> dict[str, Any]:
    return {
        "version": 0.1,
        "log": {"level": "warn"},
        "storage": {
            "filesystem": {"rootdirectory": "/var/lib/registry"},
            "delete": {"enabled": True},
        },
        "http": {"addr": REGISTRY},
    }


def _registry_host() -> str:
    """Tells containerd that the registry speaks plain HTTP."""
    return f"""\
server = "http://{REGISTRY}"

[host."http://{REGISTRY}"]
capabilities = ["pull", "resolve"]
"""


def _pod_network() -> dict[str, Any]:
    """Each pod on a cable of its own: no bridge, so no kernel module and no rules for one."""
    ranges = [[{"subnet": POD_NETWORK}]]
    ipam = {"type": "host-local", "ranges": ranges, "routes": [{"dst": "0.0.0.0/0"}]}
    return {
        "cniVersion": "0.4.0",
        "name": "slipway",
        "plugins": [
            {"type": "ptp", "ipam": ipam},
            {"type": "portmap", "capabilities": {"portMappings": True}},
        ],
    }


def _names() -> str:
    """Services only: the cluster reaches no other names' servers."""
    return f"""\
{DOMAIN}:53 {{
    bind {NODE_ADDRESS}
    errors
    kubernetes {DOMAIN} {{
        kubeconfig {kubeconfig_of(DNS)} {NODE}
        ttl 5
    }}
}}
"""


def _containerd(pause: str) -> str:
    # Without CAP_SYS_RESOURCE runc may not lower a score below its own, and dies of it.
    return f"""\
version = 2

[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "{pause}"
restrict_oom_score_adj = true

[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "{CNI_PLUGINS}"
conf_dir = "{CONFIG / "cni"}"

[plugins."io.containerd.grpc.v1.cri".registry]
config_path = "{CONFIG / "hosts"}"
"""


def _write_json(name: str, content: dict[str, Any]) -> None:
    """JSON is YAML."""
    _write(name, json.dumps(content, indent=2) + "\n")


def _write(name: str, content: str) -> None:
    path: Path = CONFIG / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
