"""Any spec of a stack on a cluster that a plan could make."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from components.specs.cluster import (
    AutoscalingSpec,
    KubernetesSpec,
    PlacementSpec,
    StoreSpec,
    TolerationSpec,
)
from components.specs.container import FileSpec, PortSpec
from tests.support.kubernetes_specs import BUCKET, gpu_spec, multi_node_spec, onnx_spec, with_canary
from tests.support.paces import pace

BYTES = st.integers(1, 1 << 44)
LABEL = st.sampled_from(["a", "web-1", "team", "x" * 30])
_WORD = st.text("ab0-", max_size=55)
NAME = st.builds("n{}z".format, _WORD)
PATH = st.lists(st.sampled_from(["a", "b.c", "d-e"]), min_size=1, max_size=3).map(
    lambda folders: "/" + "/".join(folders)
)
TEXT = st.text(max_size=20)

TOLERATIONS = st.builds(
    TolerationSpec,
    key=LABEL,
    value=st.none() | LABEL,
    effect=st.sampled_from([None, "NoSchedule", "PreferNoSchedule", "NoExecute"]),
)
PLACEMENTS = st.builds(
    PlacementSpec,
    node_selector=st.dictionaries(LABEL, LABEL, max_size=3),
    tolerations=st.lists(TOLERATIONS, max_size=3).map(tuple),
    gpus=st.integers(0, 16),
    gpu_resource=st.sampled_from(["nvidia.com/gpu", "nvidia.com/mig-1g.10gb"]),
    priority_class=st.none() | LABEL,
)
STORES = st.builds(
    StoreSpec,
    kind=st.sampled_from(["image", "fetched", "volume", "node", "bucket"]),
    bucket=st.just(BUCKET),
    size_bytes=BYTES,
    storage_class=st.none() | LABEL,
    access_mode=st.sampled_from(["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany"]),
)
AUTOSCALINGS = st.builds(
    AutoscalingSpec,
    kind=st.sampled_from(["keda", "hpa"]),
    minimum=st.integers(0, 3),
    maximum=st.integers(4, 64),
    prometheus_url=st.just("http://prometheus:9090"),
    triggers=st.just(()),
    polling_seconds=st.just(15),
    up=st.just(pace(0)),
    down=st.just(pace(300)),
    cooldown_seconds=st.just(300),
)


@st.composite
def specs(draw: st.DrawFn) -> KubernetesSpec:
    """Models that are fetched are repositories; on one node or several, with or without GPUs."""
    spec = draw(st.sampled_from([onnx_spec(), gpu_spec(), gpu_spec("triton"), multi_node_spec()]))
    workload = spec.workload
    mounted = workload.container.model_mount is not None
    container = replace(
        workload.container,
        env=draw(st.dictionaries(st.text("AB_", min_size=1, max_size=6), TEXT, max_size=4)),
        files=tuple(
            FileSpec(path=f"/files{path}", text=draw(TEXT))
            for path in draw(st.lists(PATH, max_size=3, unique=True))
        ),
        scratch=tuple(f"/scratch{path}" for path in draw(st.lists(PATH, max_size=3, unique=True))),
        ports=(
            PortSpec(name="http", number=draw(st.integers(1024, 40000))),
            PortSpec(name="metrics", number=draw(st.integers(40001, 65535))),
        ),
        cache_mount=draw(st.sampled_from([None, "/var/cache/compiled"])),
        shared_memory_bytes=draw(st.just(0) | BYTES),
        user=draw(st.integers(1, 65535)),
        group=draw(st.integers(0, 65535)),
    )
    spec = replace(
        spec,
        name=draw(NAME),
        namespace=draw(NAME),
        create_namespace=draw(st.booleans()),
        labels=draw(st.dictionaries(LABEL, LABEL, max_size=2)),
        autoscaling=draw(st.none() | AUTOSCALINGS),
        workload=replace(
            workload,
            container=container,
            replicas=(draw(st.integers(0, 4)), draw(st.integers(4, 64))),
            cpu_millis=draw(st.integers(1, 256000)),
            memory_bytes=draw(BYTES),
            disk_bytes=draw(st.none() | BYTES),
            placement=draw(PLACEMENTS),
            store=draw(STORES) if mounted else workload.store,
            cache_bytes=draw(BYTES),
            hub_token_secret=draw(st.none() | LABEL),
            pre_stop_seconds=draw(st.integers(0, 300)),
        ),
    )
    return with_canary(spec, draw(st.integers(0, 100))) if draw(st.booleans()) else spec
