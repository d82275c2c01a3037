"""Kubernetes objects as Pulumi sees them, by type token: importing the SDK takes seconds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi import Input, Output, ResourceOptions

VERSION = "4.25.0"
"""Of the Kubernetes provider."""
Manifest = Mapping[str, Any]


class Cluster(pulumi.ProviderResource):
    """Which cluster, and how objects are written to it."""

    def __init__(
        self,
        name: str,
        *,
        kubeconfig: Input[str] | None,
        context: str | None = None,
        namespace: str,
        identifier: Input[str] | None = None,
        opts: ResourceOptions,
    ) -> None:
        """`identifier` says whether it is still the same cluster, which a kubeconfig cannot: with
        another one all objects are made anew, with the same one none, however it is reached."""
        properties: dict[str, Any] = {
            "kubeconfig": kubeconfig,
            "context": context,
            "namespace": namespace,
            "clusterIdentifier": identifier,
            # Fields that others own, such as replicas under an autoscaler, stay theirs.
            "enableServerSideApply": "true",
            # A cluster that does not answer must not make `destroy` forget what it has made.
            "deleteUnreachable": "false",
        }
        super().__init__("kubernetes", name, properties, versioned(opts))


class KubernetesObject(pulumi.CustomResource):
    """Any object; the provider waits until it is ready, as its kind says."""

    names: tuple[str, str]
    """Kind and name."""
    status: Output[Mapping[str, Any] | None]
    """As the cluster last gave it."""

    def __init__(self, name: str, manifest: Manifest, opts: ResourceOptions) -> None:
        self.names = (str(manifest["kind"]), str(manifest["metadata"]["name"]))
        properties: dict[str, Any] = {**manifest, "status": None}
        super().__init__(type_token(manifest), name, properties, versioned(opts))


def type_token(manifest: Manifest) -> str:
    """`kubernetes:<group>/<version>:<Kind>`; the core group is written `core`."""
    group, _, version = str(manifest["apiVersion"]).rpartition("/")
    return f"kubernetes:{group or 'core'}/{version}:{manifest['kind']}"


def logical_name(prefix: str, manifest: Manifest) -> str:
    """Unique in a stack: kind and name are unique in a namespace."""
    kind, name = str(manifest["kind"]), str(manifest["metadata"]["name"])
    return f"{prefix}-{kind.lower()}-{name}"


def versioned(opts: ResourceOptions) -> ResourceOptions:
    """With the version of the provider that is asked for."""
    return ResourceOptions.merge(opts, ResourceOptions(version=VERSION))
