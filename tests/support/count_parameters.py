"""Counts every catalog model's parameters with transformers on the meta device.

`python -m tests.support.count_parameters` writes them to tests/unit/data/parameters.yaml, which a
fast test compares with the planner's own count. It takes half a minute and needs the conversion
environment.
"""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from images.onnx.model.environment import ensure_environment
from planning.catalog import load_catalog

RECORD = Path(__file__).parents[1] / "unit/data/parameters.yaml"
WORKER = Path(__file__).parent / "parameter_worker.py"


def count_all() -> dict[str, Any]:
    """`{"transformers": version, "counts": {row id: parameters}}` of all rows, live."""
    python = ensure_environment(lambda line: print(line, file=sys.stderr))
    configs = {row.id: row.value.config for row in load_catalog().models.values()}
    done = subprocess.run(
        [str(python), str(WORKER)],
        input=json.dumps(configs),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=600,
    )
    return json.loads(done.stdout)


def recorded() -> dict[str, int]:
    return yaml.safe_load(RECORD.read_text())["counts"]


def main() -> None:
    live = count_all()
    record = {
        "command": "python -m tests.support.count_parameters",
        "transformers": live["transformers"],
        "date": datetime.date.today(),
        "counts": dict(sorted(live["counts"].items())),
    }
    RECORD.parent.mkdir(exist_ok=True)
    RECORD.write_text(yaml.safe_dump(record, sort_keys=False))
    print(f"wrote {len(record['counts'])} counts to {RECORD}")


if __name__ == "__main__":
    main()
