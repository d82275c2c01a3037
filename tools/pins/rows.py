"""One row of a catalog file written again; every other line stays as it is, comments too."""

from __future__ import annotations

import re


def with_value(text: str, row: str, key: str, value: str) -> str:
    """`text` with `key: value` in that row's value, in the style that the row has.

    Raises KeyError without that row.
    """
    start, end = _place(text, row)
    block = text[start:end]
    quoted = f'"{value}"'
    inline = rf'([{{ ]{key}: )("[^"]*"|[^,}}\n]*)'
    if re.search(inline, block):
        block = re.sub(inline, lambda found: found[1] + quoted, block, count=1)
    elif "  value: {" in block:
        block = re.sub(r"(  value: \{.*)\}\n", lambda f: f"{f[1]}, {key}: {quoted}}}\n", block)
    else:
        block = block.replace("  value:\n", f"  value:\n    {key}: {quoted}\n", 1)
    return text[:start] + block + text[end:]


def with_source(text: str, row: str, source: str, date: str) -> str:
    """The same with another source and date. Raises KeyError without that row."""
    start, end = _place(text, row)
    block = re.sub(r"(?m)^  source: .*$", lambda _: f'  source: "{source}"', text[start:end])
    block = re.sub(r"(?m)^  date: .*$", f"  date: {date}", block)
    return text[:start] + block + text[end:]


def _place(text: str, row: str) -> tuple[int, int]:
    found = re.search(rf"(?m)^- id: {re.escape(row)}$", text)
    if found is None:
        raise KeyError(row)
    following = re.search(r"(?m)^- id: ", text[found.end() :])
    return found.start(), found.end() + following.start() if following else len(text)
