"""Old rows against new facts: one line for each change, and the file with them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec.structs import asdict

from planning.catalog.rows.hardware import HfHardwareFacts, HfHardwareRow

SOURCE = "huggingface_hub {}, list_inference_endpoints_hardware: GET /v2/provider/<namespace>"
_HEAD = """\
# Sizes of Hugging Face Inference Endpoints, <vendor>/<instance type>/<size>: CPUs and NVIDIA GPUs.
# deprecated: never recommended, cannot be relied on. Refreshed by python -m operations hf-hardware.
"""


def changes(old: Mapping[str, HfHardwareRow], new: Mapping[str, HfHardwareFacts]) -> Iterator[str]:
    """`~` changed, `+` new, `-` no longer listed; a row without a line is as it was."""
    for name, row in old.items():
        if name not in new:
            yield f"- {name}: no longer listed (was {_shown(row.value)})"
        elif different := list(_fields(row.value, new[name])):
            yield f"~ {name}: {', '.join(different)}"
    for name in new.keys() - old.keys():
        yield f"+ {name}: {_shown(new[name])}"


def table(
    old: Mapping[str, HfHardwareRow],
    new: Mapping[str, HfHardwareFacts],
    *,
    client: str,
    today: datetime.date,
) -> str:
    """The whole file. Rows keep their order, and source and date stand once, so that its
    difference shows the lines that changed."""
    names = [*(name for name in old if name in new), *sorted(new.keys() - old.keys())]
    ends = [f"source: &page {SOURCE.format(client)!r}, date: &day {today}"]
    ends += ["source: *page, date: *day"] * (len(names) - 1)
    rows = (
        f"- {{id: {name}, value: {{{_shown(new[name])}}}, {end}}}\n"
        for name, end in zip(names, ends, strict=True)
    )
    return _HEAD + "".join(rows)


def _fields(old: HfHardwareFacts, new: HfHardwareFacts) -> Iterator[str]:
    before, after = asdict(old), asdict(new)
    for name, value in after.items():
        if before[name] != value:
            share = ""
            if name == "usd_per_hour":
                share = f" ({(value / before[name] - 1) * 100:+.1f} %)"
            yield f"{name} {_text(before[name])} -> {_text(value)}{share}"


def _shown(facts: HfHardwareFacts) -> str:
    """As in the file: what is absent, and no GPUs, are left out."""
    given = {name: value for name, value in asdict(facts).items() if value not in (None, 0)}
    return ", ".join(f"{name}: {_text(value, quote=True)}" for name, value in given.items())


def _text(value: Any, *, quote: bool = False) -> str:
    if isinstance(value, Decimal):
        plain = format(value.normalize(), "f")
        return f'"{plain}"' if quote else plain
    if isinstance(value, float):
        return f"{value:g}"
    return "not known" if value is None else str(value)
