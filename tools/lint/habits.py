"""Habits that cost somebody a day once: each rule is a pattern, where it counts, and why."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from tools.lint.pulumi_config import config_readers
from tools.lint.salted import salted_stack_files
from tools.lint.sources import name, sources


@dataclass(frozen=True)
class Habit:
    pattern: re.Pattern[str]
    why: str
    files: re.Pattern[str] = re.compile("")
    """Names that it counts in; by default all."""
    allowed: tuple[str, ...] = ()

    def applies_to(self, file: str) -> bool:
        return bool(self.files.search(file)) and file not in self.allowed


HABITS = (
    Habit(
        re.compile(r"(?:image|tag|version)\s*[:=]\s*[\"']?(?:\S*:)?latest\b|[\w-]+:latest\b"),
        "`latest` moves by itself: pin a version or a digest",
        re.compile(r"\.(ya?ml|toml|py|json|dockerfile)$"),
    ),
    Habit(
        # The homes of two engines' users are of their images, not of a machine.
        re.compile(r"(?<![\w.])/(?:root|home/(?!vllm/|slipway/)\w+|Users/\w+|work)/"),
        "a path of one machine: derive it from the checkout or the cache",
    ),
    Habit(
        re.compile(r"pypi\.org/simple|files\.pythonhosted|proxy\.golang|registry\.npmjs|index-url"),
        "a package index belongs to the machine's settings, not to the project",
        allowed=("uv.lock", "stacks/build_secrets.py", "tests/unit/test_build_secrets.py"),
    ),
    Habit(
        re.compile(r"trust_remote_code\s*=\s*True"),
        "code from a model repository is never run",
        re.compile(r"\.py$"),
    ),
)
NEWLINE = "\n"
_ITSELF = frozenset({"tools/lint/habits.py", "tests/unit/tools/test_habits.py"})


def problems(file: str, text: str) -> list[str]:
    """`file:line: what: why` for each habit found in `text`."""
    return [
        f"{file}:{text.count(NEWLINE, 0, match.start()) + 1}: {match.group().strip()}: {habit.why}"
        for habit in HABITS
        if habit.applies_to(file)
        for match in habit.pattern.finditer(text)
    ]


def main() -> int:
    found = salted_stack_files()
    for path in sources():
        file = name(path)
        if file in _ITSELF:
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += problems(file, text)
        if path.suffix == ".py":
            found += config_readers(file, text)
    print("\n".join(found) if found else "no bad habit found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
