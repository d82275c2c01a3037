"""A stack file for the cluster of this machine: a shipped preset, with images from its registry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from tools.bootstrap.paths import ROOT
from tools.cluster.layout import BUILDER, KUBECONFIG, REGISTRY

STACK = "cluster"
STACK_FILE = ROOT / f"Pulumi.{STACK}.yaml"
PRESET = ROOT / "stacks" / "presets" / "kubernetes-onnx-small.yaml"
IMAGES = ("python", "envoy")
"""What the preset takes from upstream registries, which a test machine may not reach."""


def write_stack_file(references: Mapping[str, str]) -> bool:
    """Write Pulumi.cluster.yaml; False where there is one, which is left as it is.

    `references` are images by name, by digest.
    """
    if STACK_FILE.exists():
        return False
    content: dict[str, Any] = yaml.safe_load(PRESET.read_text())
    config: dict[str, Any] = content["config"]
    config["slipway:images"] = {
        "registry": f"{REGISTRY}/slipway",
        "overrides": dict(references),
        "builder": BUILDER,
    }
    config.setdefault("slipway:kubernetes", {})["kubeconfig"] = str(KUBECONFIG)
    head = "# yaml-language-server: $schema=schema/stack.schema.json\n"
    head += f"# Written by `make cluster` from {PRESET.relative_to(ROOT)}; yours to edit.\n"
    STACK_FILE.write_text(head + yaml.safe_dump(content, sort_keys=False))
    return True
