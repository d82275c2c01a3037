"""How a container leaves."""

from __future__ import annotations

from components.kubernetes.manifest import Manifest


def pre_stop(seconds: int) -> Manifest:
    """Keys of a container: wait before SIGTERM, while others learn that the pod leaves.

    kubelet itself sleeps, so the image needs no shell. That is on by default since Kubernetes
    1.30, the oldest one that these objects are for; a sleep of 0 would need 1.33.
    """
    return {"lifecycle": {"preStop": {"sleep": {"seconds": seconds}}}} if seconds else {}
