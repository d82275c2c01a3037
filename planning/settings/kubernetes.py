"""Section `kubernetes`: the cluster."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from planning.settings.base import Count, Flag, Section, worded
from planning.settings.cpu import Cpu
from planning.settings.limits import sizes
from planning.settings.units import Memory

Minor = Annotated[str, worded(r"^1\.[0-9]{1,2}$", 'a minor version in quotes, such as "1.35"')]
OperatorName = Annotated[
    str, worded("^[a-z0-9]([a-z0-9-]{0,62})$", "the name of an operator, such as keda")
]
OperatorVersion = Annotated[
    str, worded(r"^[0-9]{1,5}(\.[0-9]{1,9}){0,3}$", 'a version in quotes, such as "2.21.0"')
]
ChartName = Annotated[
    str, worded(r"^[A-Za-z0-9./][A-Za-z0-9._:/-]{0,511}$", "oci://…, or the URL or path of a .tgz")
]
ChartVersion = Annotated[
    str, worded(r"^v?[0-9]{1,5}(\.[0-9]{1,9}){0,3}([-+][0-9A-Za-z.-]{1,64})?$", "a chart's version")
]
LocalPath = Annotated[str, worded(r"^[^\x00-\x1f]{1,4096}$", "the path of a kubeconfig")]
ContextName = Annotated[str, worded(r"^[^\x00-\x1f]{1,253}$", "the name of a context")]
ObjectName = Annotated[
    str,
    worded("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", "1 to 63 lower-case letters, digits or -"),
]
ClassName = Annotated[
    str,
    worded("^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$", "lower-case letters, digits, - or ."),
]
Host = Annotated[
    str,
    worded(r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$", "a host name"),
]
Parent = Annotated[
    str,
    worded(
        "^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?/)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$",
        "<namespace>/<name> of a Gateway, or the name of an ingress class",
    ),
]
BucketName = Annotated[
    str,
    worded("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", "3 to 63 lower-case letters, digits, - or ."),
]
RegionName = Annotated[
    str, worded("^[a-z]{2}(-[a-z]{2,9}){1,3}-[0-9]{1,2}$", "a region such as us-east-1")
]
Prefix = Annotated[
    str,
    worded(r"^[A-Za-z0-9!_.*'()-]+(/[A-Za-z0-9!_.*'()-]+){0,16}$", "keys' beginning, such as a/b"),
]
RoleArn = Annotated[
    str,
    worded(
        r"^arn:aws[a-z-]{0,16}:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,512}$",
        "arn:aws:iam::<account>:role/<name>",
    ),
]
NodePort = Annotated[Count, Field(ge=30000, le=32767)]


class Operator(Section):
    """One operator that the cluster has or gets."""

    name: OperatorName
    """Such as `karpenter` or `keda`."""
    version: OperatorVersion | None = None
    """Its version, for the check against the cluster's. Left out: that of the catalog's chart where
    it is installed, else not checked."""
    install: Flag = False
    """Install it by its Helm chart. `false`: it is there already."""
    chart: ChartName | None = None
    """In place of the catalog's: `oci://<registry>/<path>`, or the URL or path of a `.tgz`."""
    chart_version: ChartVersion | None = None
    """Of the chart. Left out: the catalog's."""
    values: dict[str, Any] = Field(default_factory=dict[str, Any])
    """Values of the chart, beside the catalog's; no secrets. Also where its images lie."""


class Route(Section):
    """How requests from outside reach the gateway's Service."""

    kind: Literal["http-route", "ingress"]
    """Gateway API, or Ingress."""
    host: Host
    """Name that clients call."""
    parent: Parent
    """The Gateway, as `<namespace>/<name>`; or the ingress class."""


class WeightsBucket(Section):
    """A folder of an S3 bucket that holds the model's files, as they lie on the hub."""

    name: BucketName
    """Of the bucket."""
    region: RegionName
    """Where it lies."""
    prefix: Prefix | None = None
    """Of the files' keys. Left out: `<org>/<name>/<revision>` of the model's source."""
    role: RoleArn | None = None
    """Role that the replicas' service account names, and that may read it. Left out: EKS Pod
    Identity knows the service account `<name>-engine`."""


class Replica(Section):
    """What one replica's pod is given in place of what the plan computes."""

    cpu: Cpu | None = None
    """Left out: the threads of `onnx`, else 4 cores and 2 more for each GPU."""
    memory: Annotated[Memory, sizes("128Mi", "16Ti")] | None = None
    """Left out: what the plan predicts, and a quarter more."""
    disk: Annotated[Memory, sizes("64Mi", "64Ti")] | None = None
    """Of the folders that it writes to. Left out: not limited."""


class Kubernetes(Section):
    """The cluster that is there, or that `eks` makes."""

    version: Minor | None = None
    """Kubernetes minor version. Left out: the newest of the catalog on `eks`, else not checked."""
    operators: Annotated[tuple[Operator, ...], Field(max_length=32)] = ()
    """Operators in the cluster."""
    kubeconfig: LocalPath | None = None
    """Its path, relative to the project. Left out: as kubectl finds it."""
    context: ContextName | None = None
    """Of the kubeconfig. Left out: its current one."""
    name: ObjectName | None = None
    """Begins every object's name. Left out: `slipway-<stack>`."""
    namespace: ObjectName | None = None
    """Left out: `slipway-<stack>`."""
    create_namespace: Flag | None = None
    """Make the namespace, and remove it at the end. Left out: where `namespace` is left out."""
    service_type: Literal["ClusterIP", "NodePort", "LoadBalancer"] = "ClusterIP"
    """Of the gateway's Service."""
    node_port: NodePort | None = None
    """With `serviceType: NodePort` only. Left out: the cluster chooses one."""
    route: Route | None = None
    """Left out: none."""
    storage_class: ClassName | None = None
    """Of claims for weights. Left out: the cluster's default."""
    weights_bucket: WeightsBucket | None = None
    """With `start.weights: s3` only, through the CSI driver of Mountpoint for Amazon S3."""
    access_mode: Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany"] = "ReadWriteMany"
    """Of that claim. With `ReadWriteOnce` every replica has to run on one node."""
    priority_class: ClassName | None = None
    """Of the replicas' pods. Left out: the cluster's default."""
    hub_token_secret: ClassName | None = None
    """A Secret of the namespace whose key `token` opens gated models on the hub."""
    replica: Replica = Replica.model_construct()
    """What one replica's pod is given."""
