"""The part of the plan's JSON about a cluster."""

from __future__ import annotations

from planning.report.part import Part


class ImagePart(Part):
    """One image that is run or built on."""

    role: str
    """`engine`, `canary`, `weights`, `base`, `gateway`, `limits` or `counters`."""
    reference: str
    """As it is pulled."""
    pinned: bool
    """Whether it is named by digest."""


class ReleasePart(Part):
    """An operator that is installed."""

    name: str
    """Of the release."""
    chart: str
    """Its chart."""
    version: str
    """Of the chart."""
    namespace: str
    """Where it goes."""


class BesidePart(Part):
    """A model of Triton's repository, which answers at `/v2/models/<name>/infer`."""

    name: str
    """What clients put into the path."""
    on_gpu: bool
    """Whether its memory is that of each GPU; else the pod's."""
    memory_bytes: int
    """Of all its instances; 0: an ensemble, which runs nothing itself."""


class CanaryPart(Part):
    """The second revision of the model."""

    weight: int
    """Percent of requests that it answers."""
    source: str
    """Its model, as in the stack file."""
    engine_version: str
    """A row of the catalog's engine versions."""
    quantization: str
    """How its weights are stored as loaded."""
    replicas: int
    """Of it."""
    replica_cpu_millis: int
    """Promised to one pod, in thousandths of a core."""
    replica_memory_bytes: int
    """Promised to one pod, and its limit."""
    replica_gpus: int
    """Of one pod."""


class KubernetesPart(Part):
    """What is made on a cluster."""

    name: str
    """Begins every object's name."""
    namespace: str
    """Where everything goes."""
    create_namespace: bool
    """Whether the stack makes and removes it."""
    images: tuple[ImagePart, ...]
    """Every image."""
    builds: str | None
    """Where `up` pushes the image that it builds; null: it builds none."""
    arguments: tuple[str, ...]
    """Of the engine."""
    store: str
    """Where weights lie: `image`, `fetched`, `volume`, `node`,
    `image-volume` or `bucket`."""
    replica_cpu_millis: int
    """Promised to one pod, in thousandths of a core."""
    replica_memory_bytes: int
    """Promised to one pod, and its limit."""
    replica_gpus: int
    """Of one pod."""
    beside: tuple[BesidePart, ...]
    """Models beside the language model, in the order of the stack file."""
    canary: CanaryPart | None
    """A second revision of the model; null: there is none."""
    gateway_replicas: int
    """Fewest pods of the gateway."""
    gateway_max_replicas: int
    """Most pods of the gateway."""
    gateway_grace_seconds: int
    """From the wish to stop until a pod of the gateway is killed."""
    autoscaler: str | None
    """What changes the number of replicas; null: nothing."""
    releases: tuple[ReleasePart, ...]
    """Operators that are installed with the stack."""
