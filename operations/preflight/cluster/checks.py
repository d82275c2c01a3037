"""Which questions about a cluster a plan raises."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from operations.preflight.asking import Patience
from operations.preflight.check import Check
from operations.preflight.cluster import gpus, kinds, objects, version
from operations.preflight.cluster.client import Cluster
from operations.preflight.needs import ClusterNeeds


def cluster_checks(needs: ClusterNeeds | None, patience: Patience) -> Iterator[Check]:
    """Its version; the kinds, objects and GPUs that the plan counts on."""
    if needs is None:
        return
    cluster = Cluster(needs.place, patience)
    subject = f"cluster of {needs.place.context or needs.place.kubeconfig or 'the current context'}"
    yield Check(
        names=(version.NAME,), subject=subject, run=partial(version.version, cluster, subject)
    )
    yield Check(
        names=(kinds.NAME,), subject=subject, run=partial(kinds.kinds, cluster, needs, subject)
    )
    if needs.objects:
        yield Check(
            names=(objects.NAME,),
            subject=subject,
            run=partial(objects.objects, cluster, needs, subject),
        )
    if needs.gpus:
        yield Check(
            names=(gpus.NAME,),
            subject=subject,
            run=partial(gpus.gpus, cluster, needs.gpus, subject),
        )
