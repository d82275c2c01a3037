"""What-ifs change one thing, and are plans themselves."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from planning.whatif import WhatIf
from tests.support.reports import what_ifs_of
from tests.support.stack_files import FOLDER, ROOT, plan_of


@pytest.fixture(scope="module")
def on_eks() -> tuple[WhatIf, ...]:
    with contextlib.chdir(FOLDER):
        return what_ifs_of(Path("eks-chosen-by-traffic.yaml"))


def test_one_replica_more_costs_one_replica_more(on_eks: tuple[WhatIf, ...]) -> None:
    with contextlib.chdir(FOLDER):
        plan = plan_of(Path("eks-chosen-by-traffic.yaml"))
    assert plan.placed is not None and plan.placed.chosen is not None
    chosen = plan.placed.chosen
    more = next(one for one in on_eks if one.change == "one replica more")
    assert chosen.monthly_usd is not None and more.monthly_usd is not None
    assert chosen.replicas_per_node == 1
    each = float(chosen.monthly_usd[1]) / chosen.replicas[1]
    assert more.monthly_usd[1] == pytest.approx(each * (chosen.replicas[1] + 1))


def test_spot_is_unpriced_rather_than_free(on_eks: tuple[WhatIf, ...]) -> None:
    spot = next(one for one in on_eks if one.change == "spot capacity")
    assert spot.monthly_usd is None
    assert spot.unpriced is not None and "spot" in spot.unpriced


def test_fewer_bits_leave_more_room_for_the_cache(on_eks: tuple[WhatIf, ...]) -> None:
    room = {one.change: one.kv_cache_tokens or 0 for one in on_eks if "KV cache in" in one.change}
    halved = {change: tokens for change, tokens in room.items() if "cache in 8" in change}
    assert halved
    assert max(room.values()) in halved.values()


def test_every_other_gpu_is_asked_once_and_never_the_chosen_one(
    on_eks: tuple[WhatIf, ...],
) -> None:
    gpus = [one.change for one in on_eks if one.change.endswith(" instead")]
    assert len(gpus) == len(set(gpus)) >= 3


def test_what_does_not_fit_says_why() -> None:
    with contextlib.chdir(FOLDER):
        some = what_ifs_of(Path("eks-does-not-fit.yaml"))
    unfit = [one for one in some if not one.fits]
    assert unfit
    assert all(one.why_not for one in unfit)
    assert any(one.fits for one in some), "another GPU holds it"


def test_a_local_stack_is_asked_about_replicas_weights_and_context() -> None:
    with contextlib.chdir(ROOT):
        some = {one.setting for one in what_ifs_of(Path("Pulumi.dev.yaml"))}
    assert {
        "slipway:scaling.replicas: 1",
        "slipway:scaling.replicas: 3",
        "slipway:engine.quantization: int8",
        "slipway:model.maxContext: 4096",
    } <= some
