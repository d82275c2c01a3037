"""The serving stack of a cluster: what `kubernetes` and `eks` make on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from components.specs.container import ContainerSpec
from components.specs.engine import EngineSpec, MetricsSpec
from components.specs.gateway import GatewaySpec
from components.specs.images import ImageBuildSpec
from components.specs.local import ModelSpec

WorkloadPart = Literal["engine", "canary"]
StoreKind = Literal["image", "fetched", "volume", "node", "image-volume", "bucket"]


@dataclass(frozen=True, kw_only=True)
class TolerationSpec:
    key: str
    value: str | None
    """None: any value."""
    effect: Literal["NoSchedule", "PreferNoSchedule", "NoExecute"] | None
    """None: every effect."""


@dataclass(frozen=True, kw_only=True)
class PlacementSpec:
    """Which nodes, and what of them."""

    node_selector: Mapping[str, str] = field(default_factory=dict[str, str])
    tolerations: tuple[TolerationSpec, ...] = ()
    gpus: int = 0
    gpu_resource: str = "nvidia.com/gpu"
    efa: int = 0
    """Elastic fabric adapters of one pod."""
    priority_class: str | None = None


@dataclass(frozen=True, kw_only=True)
class BucketSpec:
    """A folder of an S3 bucket that holds the model's files."""

    name: str
    region: str
    prefix: str
    """Of the objects' keys, without a slash at the end."""
    role: str | None
    """ARN that the pod's service account names (IRSA); None: EKS Pod Identity knows the account."""


@dataclass(frozen=True, kw_only=True)
class StoreSpec:
    """Where the weights of a replica lie.

    `image`: in its image. `fetched`: on the pod's own disk, read from the source at every start.
    `volume`: on a claim, filled once by a job and mounted read-only. `node`: on the node's own
    disk, through a generic ephemeral claim of a local storage class. `image-volume`: an image of
    the files, mounted by the node. `bucket`: in S3, mounted by a CSI driver.

    It is mounted at the container's `model_mount`, the hub's cache; what holds the model's files
    alone (`image-volume`, `bucket`) where the cache has that revision. Only with `fetched` and
    `node` is the hub asked at a start.
    """

    kind: StoreKind
    size_bytes: int
    storage_class: str | None = None
    """None: the cluster's default."""
    image: str | None = None
    """Of `image-volume`, by digest."""
    bucket: BucketSpec | None = None
    """Of `bucket`."""
    access_mode: Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany"] = "ReadWriteMany"


@dataclass(frozen=True, kw_only=True)
class WorkloadSpec:
    """Equal replicas of one engine."""

    name: str
    part: WorkloadPart = "engine"
    """Of the names and labels of its objects."""
    image: str | None
    """By digest; None: the image that `up` builds."""
    engine: EngineSpec
    container: ContainerSpec
    replicas: tuple[int, int]
    """Fewest and most; an autoscaler owns the number between them."""
    cpu_millis: int
    memory_bytes: int
    """Of one pod, /dev/shm included."""
    disk_bytes: int | None
    """Of scratch folders, /dev/shm excluded; None: not limited."""
    placement: PlacementSpec
    store: StoreSpec
    cache_bytes: int | None = None
    """Of the claim at the container's `cache_mount`, of the store's storage class."""
    hub_token_secret: str | None
    """Name of a Secret of the namespace whose key `token` opens gated models; None: none needed."""
    pre_stop_seconds: int
    grace_seconds: int
    progress_deadline_seconds: int
    await_seconds: int
    """How long Pulumi waits for a change of every replica."""


@dataclass(frozen=True, kw_only=True)
class CanarySpec:
    """A second revision of the model behind the same gateway."""

    workload: WorkloadSpec
    """Its part is `canary`."""
    model: ModelSpec | None
    """As of the stack."""
    build: ImageBuildSpec | None
    """As of the stack."""
    weight: int
    """Percent of requests (0..100)."""


@dataclass(frozen=True, kw_only=True)
class RateLimitSpec:
    """Limits that are exact over all replicas of the gateway."""

    image: str
    """Envoy's rate limit service, by digest."""
    redis_image: str


@dataclass(frozen=True, kw_only=True)
class PickerSpec:
    """Endpoint picker of the Gateway API inference extension."""

    image: str
    """By digest."""


@dataclass(frozen=True, kw_only=True)
class RouteSpec:
    """How requests from outside reach the gateway's Service."""

    kind: Literal["http-route", "ingress"]
    host: str
    parent: str
    """`<namespace>/<name>` of a Gateway, or the name of an ingress class."""


@dataclass(frozen=True, kw_only=True)
class ClusterGatewaySpec:
    """The gateway as pods."""

    gateway: GatewaySpec
    image: str
    """Envoy, by digest."""
    replicas: tuple[int, int]
    cpu_millis: int
    memory_bytes: int
    service: Literal["ClusterIP", "NodePort", "LoadBalancer"]
    node_port: int | None
    route: RouteSpec | None
    limits: RateLimitSpec | None
    """None: no limit is asked for."""
    picker: PickerSpec | None = None
    """None: Envoy chooses the replica with the fewest requests."""
    tls_secret: str | None = None
    """Name of a Secret of the namespace with `tls.crt` and `tls.key`, as cert-manager keeps them;
    None: plain HTTP, for a load balancer, Gateway or Ingress that ends TLS."""
    pre_stop_seconds: int
    """How long new connections may still come to a pod that ends; it answers them."""
    grace_seconds: int
    """Of a pod that ends: the time before and all that its streams may still take."""


@dataclass(frozen=True, kw_only=True)
class LookBackSpec:
    """The largest value of `window_seconds` that began a period ago."""

    period_seconds: int
    window_seconds: int


@dataclass(frozen=True, kw_only=True)
class TriggerSpec:
    """One signal of the autoscaler; the largest wish wins."""

    name: str
    query: str
    """PromQL with one value."""
    threshold: float
    """Of the value, per replica."""
    activation: float
    """Above it the first replica is woken."""
    look_back: LookBackSpec | None = None
    """What the query looks at in place of now; None: now."""


@dataclass(frozen=True, kw_only=True)
class ScalePolicySpec:
    """So much in so long."""

    kind: Literal["Percent", "Pods"]
    value: int
    period_seconds: int


@dataclass(frozen=True, kw_only=True)
class ScalePaceSpec:
    """How fast replicas are added, or taken away; the policy that lets most happen wins."""

    stabilisation_seconds: int
    """Of the wishes in this window the most cautious one counts."""
    policies: tuple[ScalePolicySpec, ...]


@dataclass(frozen=True, kw_only=True)
class AutoscalingSpec:
    """Replicas by load."""

    kind: Literal["keda", "hpa"]
    minimum: int
    maximum: int
    prometheus_url: str
    triggers: tuple[TriggerSpec, ...]
    polling_seconds: int
    up: ScalePaceSpec
    down: ScalePaceSpec
    cooldown_seconds: int


@dataclass(frozen=True, kw_only=True)
class ObservabilitySpec:
    """What Prometheus' operator and Grafana get."""

    monitors: bool
    rules: bool
    dashboards: bool
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of monitors and rules, where the cluster's Prometheus selects by them."""
    metrics: MetricsSpec
    ttft_seconds: float | None
    itl_seconds: float | None
    """Of the stack's SLO; None: no alert about it."""
    slo_share: float = 0.95
    """Share of first tokens and of next tokens that must come within these times (0..1)."""
    cold_start_seconds: int
    monthly_usd: float | None
    """What the replicas may cost in a month of 730 hours; None: no alert about it."""
    replica_monthly_usd: float | None = None
    """What one replica costs in it; None: not known, so no alert about it."""
    traces_endpoint: str | None
    """OTLP over gRPC, `host:port`; None: no traces."""
    runbooks: str = "docs/runbooks"
    """URL, or folder of this project, under which an alert's runbook is `<alert>.md`."""


@dataclass(frozen=True, kw_only=True)
class ChartSpec:
    """An operator as a Helm release."""

    name: str
    namespace: str
    chart: str
    repository: str | None
    """None: `chart` says it all (`oci://…` or a path)."""
    version: str
    groups: tuple[str, ...] = ()
    """API groups that it brings: their kinds are there once it stands."""
    values: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, kw_only=True)
class KubernetesSpec:
    """All that is made on a cluster."""

    name: str
    """Prefix of every object's name."""
    namespace: str
    create_namespace: bool
    kubeconfig: str | None
    """Path; None: the ambient one."""
    context: str | None
    labels: Mapping[str, str]
    """On every object: project, stack, part of what."""
    pull_secret: str | None = None
    """Name of a Secret of the namespace with which nodes pull images; None: they need none."""
    model: ModelSpec | None
    """The artefact that goes into the image; None: the engine fetches its model."""
    build: ImageBuildSpec | None
    """None: every image is there already."""
    workload: WorkloadSpec
    canary: CanarySpec | None = None
    """None: there is one revision of the model."""
    gateway: ClusterGatewaySpec
    autoscaling: AutoscalingSpec | None
    observability: ObservabilitySpec
    charts: tuple[ChartSpec, ...]
    smoke_check: bool
