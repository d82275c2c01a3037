"""What a canary is made of, what it costs, and what stands against it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from components.specs.cluster import CanarySpec, KubernetesSpec
from planning.architecture import Architecture
from planning.canary.alone import of_canary
from planning.canary.settings import canary_settings
from planning.catalog import Catalog
from planning.checks.placed import placed_problems
from planning.choice import Candidate
from planning.cluster import planned_cluster
from planning.known import Known, known_model
from planning.placed import Placed, month_at, place
from planning.problems import Problem
from planning.settings import Settings
from planning.settings.canary import Canary


@dataclass(frozen=True, kw_only=True)
class PlannedCanary:
    settings: Settings
    """As of a stack of its own."""
    known: Known
    placed: Placed | None
    """None without an architecture."""
    spec: CanarySpec | None
    """None where nothing is chosen."""
    alone: tuple[Problem, ...]
    """What that stack would be told."""
    own: tuple[Problem, ...]
    """What there would be no canary without."""

    def problems_beside(self, others: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Without what `others`, the first revision's, say already; advice with other figures is
        the same advice."""
        advised = {(one.path, one.code) for one in others if one.severity == "advice"}
        return (
            *(
                of_canary(one)
                for one in self.alone
                if one not in others and (one.path, one.code) not in advised
            ),
            *self.own,
        )

    @property
    def chosen(self) -> Candidate | None:
        return self.placed.chosen if self.placed else None

    @property
    def architecture(self) -> Architecture | None:
        return self.known.architecture


def planned_canary(
    settings: Settings,
    canary: Canary,
    stack: str,
    beside: Candidate,
    stable: KubernetesSpec,
    catalog: Catalog,
    today: datetime.date,
) -> PlannedCanary:
    """`beside` and `stable` are the first revision's."""
    served = stable.workload.engine.served_name
    own = canary_settings(settings, canary, beside, served)
    known = known_model(own, catalog, None)
    model = known.architecture
    placed = place(own, model, catalog, today) if model else None
    part = (
        planned_cluster(own, stack, model, known.row, placed, catalog) if model and placed else None
    )
    of_part = part.problems if part else ()
    return PlannedCanary(
        settings=own,
        known=known,
        placed=placed,
        spec=_spec(part.spec, canary.weight) if part and part.spec else None,
        alone=known.problems
        + placed_problems(
            own,
            model,
            placed,
            catalog,
            of_part,
            month=lambda bound: month_at(bound, placed),
            today=today,
        ),
        own=(
            *_image_is_named(settings, canary, beside),
            *_share_is_carried(canary, beside, own),
            *_weights_are_its_own(settings, canary),
        ),
    )


def _spec(alone: KubernetesSpec, weight: int) -> CanarySpec:
    return CanarySpec(
        workload=replace(alone.workload, part="canary"),
        model=alone.model,
        build=alone.build,
        weight=weight,
    )


def _image_is_named(settings: Settings, canary: Canary, beside: Candidate) -> Iterator[Problem]:
    """One image for both would make them alike, whatever else the canary says."""
    own = settings.images.overrides.named(beside.engine)
    if own is not None and canary.image is None:
        yield Problem(
            path="slipway:canary.image",
            code="image-unnamed",
            got=f"nothing, while images.overrides.{beside.engine} names the stack's",
            allowed="an image by digest; the same one where it serves both",
            fixes=(f"write image: {own}, or another one",),
        )


def _share_is_carried(canary: Canary, beside: Candidate, own: Settings) -> Iterator[Problem]:
    least, most = beside.replicas
    if canary.weight and least != most and canary.replicas is None:
        yield Problem(
            path="slipway:canary.replicas",
            code="canary-not-scaled",
            got=f"{own.scaling.replicas} of the canary whatever the load, while the stack has "
            f"{least} to {most}",
            allowed=f"as many as carry {canary.weight} % of the requests",
            fixes=("write canary.replicas",),
            severity="advice",
        )


def _weights_are_its_own(settings: Settings, canary: Canary) -> Iterator[Problem]:
    """One image of weights holds one model; a named folder of a bucket too."""
    bucket = settings.kubernetes.weights_bucket
    shared = settings.start.weights == "image-volume" or (bucket is not None and bucket.prefix)
    if canary.source is not None and shared:
        yield Problem(
            path="slipway:canary.source",
            code="weights-shared",
            got="another model, while images.weights or weightsBucket.prefix names the stack's",
            allowed="a place that is found by the model's name and revision",
            fixes=("write start.weights: volume", "or leave weightsBucket.prefix out"),
        )
