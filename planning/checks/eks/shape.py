"""Rules: every node that may serve is one that the plan was made for."""

from __future__ import annotations

from collections.abc import Iterator

from planning.catalog.rows.hardware import InstanceFacts
from planning.checks.eks.facts import EksFacts
from planning.checks.eks.pools import pools
from planning.problems import Problem


def instances_have_one_shape(facts: EksFacts) -> Iterator[Problem]:
    """A replica was judged on the first."""
    first = facts.catalog.instances[facts.chosen.instance or ""].value
    for path, pool in pools(facts):
        own = facts.catalog.instances.get(pool.instance_type or "")
        if pool.use == "serving" and own is not None and not _as_good(own.value, first):
            yield _differs(f"{path}.instanceType", own.id, facts.chosen.instance)
        base = own.value if own else first
        for place, name in enumerate(pool.alternatives):
            if not _as_good(facts.catalog.instances[name].value, base):
                other = pool.instance_type or facts.chosen.instance
                yield _differs(f"{path}.alternatives[{place}]", name, other)


def efa_is_there(facts: EksFacts) -> Iterator[Problem]:
    for path, pool in pools(facts):
        name = pool.instance_type or facts.chosen.instance or ""
        if pool.efa and facts.catalog.instances[name].value.efa is None:
            yield Problem(
                path=f"{path}.efa",
                code="efa-missing",
                got=f"elastic fabric adapters of {name}, which has none",
                allowed="with an instance type that has some",
                fixes=("remove efa", "or write another instanceType"),
            )


def image_speaks_over_adapters(facts: EksFacts) -> Iterator[Problem]:
    """NCCL reaches EFA by a library in the image; without it, it speaks TCP."""
    kind = facts.chosen.engine
    if facts.needs.efa and facts.settings.images.overrides.named(kind) is None:
        yield Problem(
            path=f"slipway:images.overrides.{kind}",
            code="efa-library-unknown",
            got=f"the upstream image of {facts.chosen.engine_version}, of which nobody has looked "
            "up whether it holds aws-ofi-nccl",
            allowed="an image with that library: without it nodes speak TCP with each other",
            fixes=(
                "build one on the upstream image, and name it",
                "nothing to do where TCP is fast enough",
            ),
            severity="warning",
        )


def snapshot_and_lever_belong_together(facts: EksFacts) -> Iterator[Problem]:
    wanted = facts.settings.start.image == "snapshot"
    stated = [pool for pool in facts.settings.pools if pool.use == "serving"]
    for path, pool in pools(facts):
        if pool.image_snapshot is not None and not wanted:
            yield Problem(
                path=f"{path}.imageSnapshot",
                code="key-unused",
                got="a snapshot, while images are pulled",
                allowed="with start.image: snapshot",
                fixes=("write start.image: snapshot", "or remove it"),
            )
    if wanted and (not stated or any(pool.image_snapshot is None for pool in stated)):
        yield Problem(
            path="slipway:pools[0].imageSnapshot",
            code="snapshot-missing",
            got="nothing, with start.image: snapshot",
            allowed="the snapshot of a volume with the engine's image on it, of each pool that "
            "serves",
            fixes=("write imageSnapshot: snap-…", "or write start.image: pull"),
        )


def spot_leaves_the_gateway_alone(facts: EksFacts) -> Iterator[Problem]:
    """The gateway needs longer to leave than the notice of a spot instance is."""
    notice = facts.catalog.timings["spot/notice"].value.seconds
    for path, pool in pools(facts):
        if pool.use == "system" and pool.capacity == "spot":
            yield Problem(
                path=f"{path}.capacity",
                code="spot-grace-too-long",
                got="spot, for operators, gateway and DNS",
                allowed=f"on-demand: a gateway that leaves waits for the load balancer longer than "
                f"the notice of {notice:g} s",
                fixes=("write capacity: on-demand",),
            )


def _as_good(one: InstanceFacts, base: InstanceFacts) -> bool:
    same = (one.gpu, one.gpus) == (base.gpu, base.gpus)
    return same and one.vcpus >= base.vcpus and one.memory_mib >= base.memory_mib


def _differs(path: str, name: str, first: str | None) -> Problem:
    return Problem(
        path=path,
        code="shape-differs",
        got=f"{name}, which is not of the shape of {first}",
        allowed="the same GPUs, and no less memory and vCPUs",
        fixes=("write another type", "or remove it"),
    )
