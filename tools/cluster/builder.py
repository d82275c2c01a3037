"""The builder of images: BuildKit, which ends with the cluster but has this machine's network.

A build installs packages, so it needs the registries that the machine reaches and the cluster does
not; and it pushes to the cluster's registry, which is reached from both.
"""

from __future__ import annotations

import json
from pathlib import Path

from tools.cluster.kept import BUILDKIT
from tools.cluster.layout import (
    BUILDER,
    BUILDER_SOCKET,
    BUILDX_CONFIG,
    CGROUP,
    CONFIG,
    HOST_NETWORK,
    REGISTRY,
)

_CONFIG = CONFIG / "buildkitd.toml"


def write_builder() -> None:
    """Write what buildkitd reads, and the file by which buildx and Pulumi find it by name."""
    _CONFIG.write_text(_buildkitd())
    instance = BUILDX_CONFIG / "instances" / BUILDER
    instance.parent.mkdir(parents=True)
    node = {"Name": f"{BUILDER}0", "Endpoint": f"unix://{BUILDER_SOCKET}"}
    instance.write_text(json.dumps({"Name": BUILDER, "Driver": "remote", "Nodes": [node]}))


def buildkitd(programs: Path) -> list[str]:
    """The command line; `programs` is the folder that has it."""
    # It mounts in the folder for temporary files and would leave those behind when killed: inside
    # the cluster /run goes with it.
    environment = ["env", "TMPDIR=/run"]
    network = ["nsenter", f"--net={HOST_NETWORK}"]
    return [*environment, *network, str(programs / BUILDKIT), f"--config={_CONFIG}"]


def _buildkitd() -> str:
    return f"""\
root = "/var/lib/buildkit"

[grpc]
address = ["unix://{BUILDER_SOCKET}"]

[worker.oci]
networkMode = "host"
defaultCgroupParent = "{CGROUP}"

[worker.containerd]
enabled = false

[registry."{REGISTRY}"]
http = true
"""
