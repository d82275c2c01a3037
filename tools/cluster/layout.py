"""Names, addresses and folders of the cluster: one a machine."""

from __future__ import annotations

from pathlib import Path

STATE = Path("/var/lib/slipway-cluster")
"""All that the cluster keeps; in its namespaces `lib` is /var/lib and `log` is /var/log."""
LIB = STATE / "lib"
LOG = STATE / "log"
PKI = STATE / "pki"
CONFIG = STATE / "config"
SYSCTL = STATE / "sysctl"
KUBECONFIG = STATE / "kubeconfig"

CGROUP = "slipway-cluster"
INTERFACE = "slipway0"
"""The host's end of the one cable into the network namespace; it goes with the namespace."""
NODE = "slipway"
DOMAIN = "cluster.local"

NETWORK = "10.213.0.0/16"
HOST_ADDRESS = "10.213.0.1"
NODE_ADDRESS = "10.213.0.2"
POD_NETWORK = "10.213.64.0/18"
SERVICE_NETWORK = "10.213.128.0/18"
API_ADDRESS = "10.213.128.1"
"""The Service `kubernetes`: always the first of the network."""

API_URL = f"https://{NODE_ADDRESS}:6443"
REGISTRY = f"{NODE_ADDRESS}:5000"
"""Plain HTTP, the same name for who pushes from the host and for the node that pulls."""
ETCD_URL = "http://127.0.0.1:2379"
SUPERVISOR = "/run/supervisor.sock"
"""In the cluster's mount namespace."""
HOST_NETWORK = "/run/host-network"
"""There too: this machine's network namespace, as a file."""
BUILDER = "slipway"
BUILDER_SOCKET = STATE / "buildkitd.sock"
BUILDX_CONFIG = STATE / "buildx"
"""What the variable of that name says to buildx, and to Pulumi's docker-build provider."""
CONTAINERD = "/run/containerd/containerd.sock"
CNI_PLUGINS = "/usr/lib/cni"
"""Where Debian puts them."""
