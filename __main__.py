"""The Pulumi program: stack file, settings, plan, target, outputs."""

import gc

gc.disable()  # It lives for seconds, of which collecting took a fifth: benchmarks eks-preview.

from stacks import checked, config, outputs, predicted, targets  # noqa: E402

settings = config.read_settings()
plan = checked.checked_plan(settings)
outputs.export(targets.build(plan))
predicted.export(plan)
