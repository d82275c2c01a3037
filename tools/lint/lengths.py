"""Files stay small: median at most 100 lines, none over 300. One idea fits into that."""

from __future__ import annotations

import statistics
import sys

from tools.lint.sources import name, sources

MEDIAN = 100
MAXIMUM = 300
_WRITTEN_BY_HAND = (".py", ".js", ".css", ".html", ".go", ".sh", ".j2", ".jinja", ".toml")


def problems(lengths: dict[str, int]) -> list[str]:
    """What is wrong with files of these lengths (lines)."""
    found = [
        f"{file}: {lines} lines, allowed {MAXIMUM}: split it by idea"
        for file, lines in lengths.items()
        if lines > MAXIMUM
    ]
    median = statistics.median(lengths.values()) if lengths else 0
    if median > MEDIAN:
        found.append(f"median of all files: {median:g} lines, allowed {MEDIAN}")
    return found


def main() -> int:
    files = sources(*_WRITTEN_BY_HAND)
    lengths = {name(file): len(file.read_text().splitlines()) for file in files}
    found = problems(lengths)
    print("\n".join(found))
    print(f"{len(lengths)} files, median {statistics.median(lengths.values()):g} lines")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
