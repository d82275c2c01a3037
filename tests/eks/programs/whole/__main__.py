"""A preset as `stacks` builds it, with every pin that has no source yet made up."""

from __future__ import annotations

import os
from pathlib import Path

import pulumi

from stacks import outputs, targets
from tests.support.presets import EKS_PRESETS, PRESETS, pinned_catalog, preset_plan

# Images are built from folders of the project.
os.chdir(Path(__file__).parents[4])
config = pulumi.Config("whole")
file = next(one for one in (*EKS_PRESETS, *PRESETS) if one.stem == config.require("name"))
outputs.export(targets.build(preset_plan(file, pinned_catalog())))
