"""A start from nothing, stage by stage, and what would shorten it."""

from __future__ import annotations

from functools import partial

from planning.coldstart import ColdStart
from planning.page.table import Picture, Section, Table, columns
from planning.report.pictures.waterfall import Step, shows_limit, waterfall
from planning.report.wording import spread


def start_section(start: ColdStart) -> Section:
    total = spread(start.total, "s", absent="not known")
    least = "at least " if start.at_least else ""
    words = [
        f"From the wish for one more replica to its first answer: {least}{total}. "
        f"Waited for are {start.budget_seconds} s ({start.budget_reason})."
    ]
    if start.unknown:
        words.append(f"Not known, and in no sum: {', '.join(start.unknown)}.")
    return Section(
        slug="start",
        title="Cold start",
        words=tuple(words),
        picture=_picture(start),
        tables=(_stages(start), *_levers(start), _waits(start)),
    )


def _picture(start: ColdStart) -> Picture:
    steps = tuple(Step(name=stage.name, seconds=stage.seconds) for stage in start.stages)
    title = "Stages of a cold start, one after the other"
    described = "; ".join(
        f"{step.name}: {spread(step.seconds, 's', absent='not known')}" for step in steps
    )
    legend = [("stage-expected", "expected"), ("stage-high", "up to the high end")]
    if start.unknown:
        legend.append(("missing", "not known"))
    if shows_limit(steps, start.budget_seconds):
        legend.append(("limit", "waited for"))
    return Picture(
        title=title,
        description=described,
        legend=tuple(legend),
        draw=partial(_draw, steps, float(start.budget_seconds), title, described),
    )


def _draw(
    steps: tuple[Step, ...], waited: float, title: str, described: str, width: int, prefix: str
) -> str:
    return waterfall(steps, waited, width, prefix, title, described)


def _stages(start: ColdStart) -> Table:
    return Table(
        title="Stages",
        columns=columns("stage", "low>", "expected>", "high>", "how", "source"),
        rows=tuple(
            (
                stage.name,
                *(
                    (
                        f"{stage.seconds.low:.0f} s",
                        f"{stage.seconds.expected:.0f} s",
                        f"{stage.seconds.high:.0f} s",
                    )
                    if stage.seconds
                    else ("not known", "not known", "not known")
                ),
                "; ".join(filter(None, (stage.formula, stage.reason))),
                stage.source or "-",
            )
            for stage in start.stages
        ),
    )


def _levers(start: ColdStart) -> tuple[Table, ...]:
    if not start.levers:
        return ()
    return (
        Table(
            title="What would make it faster",
            columns=columns("lever", "what to write", "saves>", "expected then>"),
            rows=tuple(
                (
                    lever.name,
                    lever.setting,
                    f"{lever.seconds_saved:.0f} s",
                    f"{lever.seconds:.0f} s",
                )
                for lever in start.levers
            ),
        ),
    )


def _waits(start: ColdStart) -> Table:
    probe = start.startup_probe
    return Table(
        title="What follows from it",
        columns=columns("part", "seconds>"),
        rows=(
            ("startup probe gives up", str(probe.seconds)),
            ("Deployment's progress deadline", str(start.progress_deadline_seconds)),
            ("a replica must be superfluous for", str(start.scale_down_stabilisation_seconds)),
            ("nothing must come before zero replicas", str(start.cooldown_seconds)),
            ("wait before a replica is told to stop", str(start.pre_stop_seconds)),
            ("from the wish to stop until it is killed", str(start.grace_period_seconds)),
        ),
    )
