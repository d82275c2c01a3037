"""A node for the replica, and the engine's image on it."""

from __future__ import annotations

from planning.catalog import Catalog
from planning.catalog.rows.start import StartRateRow
from planning.coldstart.amounts import both, fixed, saved, transfer, unknown
from planning.coldstart.case import StartCase
from planning.coldstart.value import Stage

NODE, IMAGE = "node boot", "image pull"


def node_stage(case: StartCase, catalog: Catalog) -> Stage:
    if case.node_is_kept:
        kept = case.levers.warm_nodes
        return saved(NODE, "node", f"{kept} kept running" if kept else "a fixed number of nodes")
    if case.node_mode is None:
        return unknown(
            NODE,
            "node",
            "the cluster's own nodes: nothing if one is free, else as long as it takes to add one",
        )
    reason = "no source measured a GPU node, which boots slower" if case.gpus_per_replica else None
    return fixed(NODE, "node", catalog.start_rates["node/new"], reason)


def image_stage(case: StartCase, catalog: Catalog) -> Stage:
    delivery = case.levers.image
    if delivery == "snapshot":
        return saved(
            IMAGE,
            "image",
            "on the node's data volume",
            "the volume reads its blocks at their first use; how much that adds was not measured",
        )
    if delivery == "prepulled" and case.node_is_kept:
        return saved(IMAGE, "image", "pulled before, onto the node that is kept")
    size = image_bytes(case, catalog)
    share = catalog.start_rates["image/soci"] if delivery == "soci" else None
    if size is None:
        return _unsized(case, catalog, share)
    reason = "a new node has nothing pulled before" if delivery == "prepulled" else None
    row = catalog.start_rates["image/pull"]
    return transfer(IMAGE, "image", size, row, share=share, reason=reason)


def image_bytes(case: StartCase, catalog: Catalog) -> int | None:
    """With the weights where they are baked in; None where no source says its size."""
    row = catalog.engine_versions.get(case.engine_version)
    size = case.image_bytes or (row.value.image_bytes if row else None)
    if size is None:
        return None
    return size + (case.weight_bytes if case.weights_in_image else 0)


def _unsized(case: StartCase, catalog: Catalog, share: StartRateRow | None) -> Stage:
    """Where the size is not known: an upstream image as such images are, ours not at all."""
    row = catalog.engine_versions.get(case.engine_version)
    if row is None or row.value.image is None:
        return unknown(IMAGE, "image", "the image's size is not known before it is built")
    reason = f"no source gives the size of {row.value.image}"
    image = fixed(IMAGE, "image", catalog.start_rates["image/unsized"], reason, share=share)
    if not case.weights_in_image:
        return image
    rate = catalog.start_rates["image/pull"]
    return both(image, transfer(IMAGE, "image", case.weight_bytes, rate, share=share))
