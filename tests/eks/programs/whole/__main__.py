"""A preset as `stacks` builds it, with every pin that has no source yet made up.

Its cluster is one that is not made yet, so that nobody fetches charts from their repositories.
"""

from __future__ import annotations

import asyncio
import gc
import os
from pathlib import Path

import pulumi

gc.disable()  # As the program of the project does.

from stacks import outputs, targets  # noqa: E402
from tests.support.presets import EKS_PRESETS, PRESETS, pinned_catalog, preset_plan  # noqa: E402


def _later(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    if args.type_ != "pulumi:providers:kubernetes":
        return None
    kubeconfig: pulumi.Output[str] = pulumi.Output(set(), _known(""), _known(False), _known(False))
    return pulumi.ResourceTransformResult({**args.props, "kubeconfig": kubeconfig}, args.opts)


def _known(value: object) -> asyncio.Future:
    made = asyncio.get_event_loop().create_future()
    made.set_result(value)
    return made


pulumi.runtime.register_resource_transform(_later)
# Images are built from folders of the project.
os.chdir(Path(__file__).parents[4])
config = pulumi.Config("whole")
file = next(one for one in (*EKS_PRESETS, *PRESETS) if one.stem == config.require("name"))
outputs.export(targets.build(preset_plan(file, pinned_catalog())))
