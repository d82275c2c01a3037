"""`python -m operations observe`: the deviation of every figure that `up` has predicted."""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Callable

import pydantic

from operations.observe.bill import Whose, month
from operations.observe.deviation import deviations
from operations.observe.exports import ExportError
from operations.observe.measures import Load, measures, nothing_measured
from operations.observe.prometheus import Prometheus, PrometheusError
from operations.observe.rows import RowsError, rows_of, write_rows
from operations.observe.show import document, print_table
from operations.pulumi_cli import PulumiCli, PulumiCliError
from planning.catalog import load_catalog
from planning.prediction import Prediction
from planning.settings.units import Duration


def run(chosen: argparse.Namespace, say: Callable[[str], None]) -> int:
    try:
        Duration.parse(chosen.window)
        pulumi, project, prediction = _stack(chosen)
        until = chosen.until or datetime.datetime.now(datetime.UTC)
        measured, load = nothing_measured(prediction), Load()
        if chosen.prometheus:
            asked, load = measures(
                prediction,
                load_catalog(),
                Prometheus(chosen.prometheus, chosen.timeout),
                window=chosen.window,
                at=until.timestamp(),
            )
            measured |= asked
        if chosen.bill:
            measured["monthlyUsd"] = month(chosen.bill, Whose(project=project, stack=pulumi.stack))
        found = deviations(prediction, measured, load)
        if chosen.write:
            rows = rows_of(
                prediction,
                found,
                load,
                stack=pulumi.stack,
                day=until.astimezone(datetime.UTC).date(),
                window=chosen.window,
            )
            write_rows(chosen.write, rows)
            say(f"{len(rows)} rows of {until:%Y-%m-%d} are in {chosen.write}")
    except (PulumiCliError, RowsError, NoPredictionError, ValueError) as error:
        say(str(error))
        return 2
    except PrometheusError as error:
        say(f"Prometheus: {error}")
        return 3
    except ExportError as error:
        say(f"the bill {error}")
        return 3
    if chosen.json:
        print(document(found, load, stack=pulumi.stack, window=chosen.window))
    else:
        from rich.console import Console

        print_table(found, Console())
    return 1 if any(one.verdict == "outside" for one in found) else 0


class NoPredictionError(Exception):
    """The stack was made without predictions."""


def _stack(chosen: argparse.Namespace) -> tuple[PulumiCli, str, Prediction]:
    folder = chosen.cwd.resolve()
    pulumi = PulumiCli(folder, chosen.stack) if chosen.stack else PulumiCli.selected(folder)
    kept = pulumi.outputs().get("predicted")
    if kept is None:
        raise NoPredictionError(
            f"stack {pulumi.stack} has no output `predicted`: run `pulumi up` once more"
        )
    try:
        prediction = Prediction.model_validate_json(json.dumps(kept))
    except pydantic.ValidationError:
        raise NoPredictionError(
            f"the predictions of stack {pulumi.stack} are of another release: run `pulumi up`"
        ) from None
    return pulumi, pulumi.project(), prediction
