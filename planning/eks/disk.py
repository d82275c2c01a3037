"""Root volumes of nodes: room for the system, the image and what replicas write."""

from __future__ import annotations

from math import ceil

from components.specs.aws import DiskSpec
from planning.catalog import Catalog
from planning.catalog.rows.hardware import InstanceFacts
from planning.choice import Candidate
from planning.settings import Settings
from planning.settings.pool import Pool

SYSTEM_GIB = 20
"""For the operating system, logs and small images: a choice."""
_UNSIZED_IMAGE = 20 * 10**9
"""Of an engine image that no source sizes: the most that start_rates.yaml's row image/unsized is
about."""
_UNPACKED = 2.5
"""Layers as pulled, and unpacked beside them: a choice, as no source measured it."""
_GIB = 1 << 30
_IOPS, _MIB_PER_SECOND = 3000, 125
"""Of gp3 at its plain price."""
_SOCI_IOPS = 6000


def disk_spec(settings: Settings, pool: Pool, chosen: Candidate, catalog: Catalog) -> DiskSpec:
    instance = catalog.instances[pool.instance_type or chosen.instance or ""].value
    # Images and weights lie on the node's own disks, where it has some.
    fast = settings.start.image == "soci" and instance.nvme_gb is None
    soci = ceil(catalog.timings["soci/disk"].value.seconds)
    return DiskSpec(
        gib=pool.disk.bytes // _GIB
        if pool.disk
        else _gib(settings, pool, chosen, instance, catalog),
        iops=_SOCI_IOPS if fast else _IOPS,
        throughput_mib=soci if fast else _MIB_PER_SECOND,
        snapshot_id=pool.image_snapshot,
    )


def _gib(
    settings: Settings, pool: Pool, chosen: Candidate, instance: InstanceFacts, catalog: Catalog
) -> int:
    """In whole tens."""
    if pool.use != "serving" or instance.nvme_gb is not None:
        return 2 * SYSTEM_GIB
    image = catalog.engine_versions[chosen.engine_version].value.image_bytes
    image = image or (chosen.memory.artefact if chosen.memory else _UNSIZED_IMAGE)
    weights = 0
    if chosen.host is not None and settings.start.weights in ("source", "s3"):
        weights = chosen.host.checkpoint_bytes * chosen.replicas_per_node
    need = SYSTEM_GIB + (image * _UNPACKED + weights * 1.25) / _GIB
    return ceil(need / 10) * 10
