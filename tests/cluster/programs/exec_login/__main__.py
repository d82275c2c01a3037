"""A namespace on a cluster whose kubeconfig asks a program of this folder who somebody is."""

from __future__ import annotations

import json

import pulumi
from pulumi import Output, ResourceOptions

from components.aws.kubeconfig import kubeconfig
from components.cluster.objects import Cluster, KubernetesObject

config = pulumi.Config("exec-login")
# Known only while the program runs, as the address of a cluster that it makes.
endpoint = Output.from_input(config.require("endpoint"))
login = endpoint.apply(
    lambda known: kubeconfig(
        name="made",
        region="us-east-1",
        endpoint=known,
        certificate_authority=config.require("authority"),
        command=json.loads(config.require("command")),
    )
)
cluster = Cluster(
    "cluster",
    kubeconfig=login,
    namespace="default",
    identifier=config.require("identity"),
    opts=ResourceOptions(),
)
name = config.require("namespace")
manifest = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}
KubernetesObject("namespace", manifest, ResourceOptions(provider=cluster))
