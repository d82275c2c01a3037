"""Every direct dependency has a licence that its own metadata states and that we may use."""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from importlib import metadata

from tools.bootstrap.paths import ROOT

TABLE = ROOT / "docs" / "adr" / "0002-libraries.md"
_ROW = re.compile(r"^\| `(?P<name>[\w.-]+)` \| (?P<licence>[^|]+) \| [^|]+ \|$", re.MULTILINE)
_REFUSED = re.compile(r"GPL|not stated|proprietary", re.IGNORECASE)


def direct(groups: tuple[str, ...]) -> list[str]:
    """Names of what pyproject.toml asks for in `groups`; `project` is what the program needs."""
    file = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lists = {"project": file["project"]["dependencies"], **file["dependency-groups"]}
    asked: list[str] = [entry for group in groups for entry in lists[group]]
    return sorted({re.split(r"[\[=<>;! ]", entry, maxsplit=1)[0] for entry in asked})


def stated(name: str) -> str:
    """The licence in the metadata of the installed distribution `name`; where no field says it, the
    title of the licence file that it names."""
    info = metadata.metadata(name)
    if expression := info.get_all("License-Expression"):
        return expression[0]
    classifiers: list[str] = info.get_all("Classifier") or []
    licences = [c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License ::")]
    free_text: list[str] = info.get_all("License") or _titles(name) or ["not stated"]
    return ", ".join(licences) or free_text[0].splitlines()[0].strip()


def _titles(name: str) -> list[str]:
    files: list[str] = metadata.metadata(name).get_all("License-File") or []
    texts = [metadata.distribution(name).read_text(f"licenses/{file}") for file in files]
    return [text for text in texts if text]


def problems(table: str, licences: dict[str, str]) -> list[str]:
    """Where `table` (Markdown) and what the metadata states differ."""
    rows = {row["name"]: row["licence"].strip() for row in _ROW.finditer(table)}
    refused = [
        f"{name}: licence {licence!r} is not one we can ship with"
        for name, licence in licences.items()
        if _REFUSED.search(licence)
    ]
    return refused + [
        f"{name}: the table says {rows.get(name, 'nothing')!r}, its metadata says {licence!r}"
        for name, licence in licences.items()
        if rows.get(name) != licence
    ]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.lint.licences")
    parser.add_argument(
        "groups", nargs="*", default=["project", "aws", "dev", "server", "online", "policies"]
    )
    groups = tuple(parser.parse_args().groups)
    licences = {name: stated(name) for name in direct(groups)}
    found = problems(TABLE.read_text(), licences)
    print("\n".join(found) if found else f"{len(licences)} licences as in {TABLE.name}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
