"""`python -m operations hf-hardware`."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from pathlib import Path

import planning.catalog
from operations.endpoint_hardware.changes import changes, table
from operations.endpoint_hardware.listed import Listed, facts_of
from operations.preflight.asking import NoAnswerError, Patience
from operations.preflight.hub.client import Hub
from operations.table_check import NOT_CHECKED, ended
from planning.catalog.rows.hardware import HfHardwareRow
from planning.catalog.tables import read_table

FILE = Path(planning.catalog.__file__).parent / "hf_hardware.yaml"


def run(
    *,
    namespace: str | None,
    write: bool,
    say: Callable[[str], None],
    file: Path = FILE,
    patience: Patience | None = None,
    today: datetime.date | None = None,
) -> int:
    """Prints the changes. Exit codes: 0 the rows are right or were written, 1 they are not, 3 the
    API gave no answer."""
    hub = Hub(patience or Patience())
    try:
        listed = _listed(hub, namespace)
    except NoAnswerError as error:
        print(f"could not check: {error.said}", file=sys.stderr)
        return NOT_CHECKED
    old = read_table(file, HfHardwareRow)
    new, refused = facts_of(listed, old)
    lines = list(changes(old, new))
    for line in lines:
        print(line)
    for reason in refused:
        say(f"no row for {reason}")
    say(f"{len(old.keys() & new.keys())} rows are listed, {len(lines)} changes")
    from huggingface_hub import __version__

    day = today or datetime.datetime.now(datetime.UTC).date()
    whole = table(old, new, client=__version__, today=day) if write else None
    return ended(lines, file, whole, say)


def _listed(hub: Hub, namespace: str | None) -> list[Listed]:
    if hub.token is None:
        raise NoAnswerError("no-credentials", "the endpoint API needs a token: set HF_TOKEN")

    def call() -> list[Listed]:
        rows = hub.api.list_inference_endpoints_hardware(namespace=namespace)
        if not rows:
            raise ValueError("an empty list is no list of hardware")
        return [Listed.model_validate(row) for row in rows]

    return hub.ask(call, "list of hardware")
