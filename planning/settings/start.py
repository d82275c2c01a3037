"""Section `start`: what makes a replica start faster."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planning.settings.base import CountOrZero, Section
from planning.settings.limits import between
from planning.settings.units import Duration

ImageDelivery = Literal["pull", "soci", "prepulled", "snapshot"]
WeightPlace = Literal["source", "s3", "volume", "nvme", "baked", "image-volume"]
Loader = Literal["default", "streamer"]
CompileCache = Literal["none", "volume", "baked"]
Graphs = Literal["full", "trimmed"]


class Start(Section):
    """What is done so that a replica starts faster; by default nothing special."""

    image: ImageDelivery = "pull"
    """How the engine's image reaches a node. `soci`: pulled in parallel, which needs a fast disk.
    `prepulled`: by a job, before a replica is there. `snapshot`: on the node's data volume."""
    weights: WeightPlace = "source"
    """Where a starting replica reads its weights. `source`: fetched from the model's source every
    time. `s3`: your bucket. `volume`: a network volume filled once. `nvme`: the node's own disk,
    filled before. `baked`: in the image. `image-volume`: an image of their own, which the node
    mounts (`images.weights`)."""
    loader: Loader = "default"
    """What reads the weights. `streamer`: Run:ai Model Streamer, many reads at once; vLLM only."""
    compile_cache: CompileCache = "none"
    """Where torch.compile's result is kept from one start to the next; vLLM only."""
    graphs: Graphs = "full"
    """CUDA graphs captured at the start. `trimmed`: of fewer batch sizes; vLLM only."""
    warm_nodes: Annotated[CountOrZero, Field(le=64)] = 0
    """Nodes kept running without a replica, so that one more needs no new node. Each is paid."""
    measured: Annotated[Duration, between("1s", "24h")] | None = None
    """How long one more replica took here, from the wish for it to its first answer, in place of
    the plan's estimate: autoscaling looks so far ahead. Probes and deadlines keep the estimate."""
    budget: Annotated[Duration, between("10s", "24h")] | None = None
    """Longest start before a replica counts as broken; by default what the plan computes."""
