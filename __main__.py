"""The Pulumi program: stack file, settings, plan, target, outputs."""

from stacks import checked, config, outputs, predicted, targets

settings = config.read_settings()
plan = checked.checked_plan(settings)
outputs.export(targets.build(plan))
predicted.export(plan)
