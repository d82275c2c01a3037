"""`python -m tools.scan.pipelines`: what zizmor, actionlint and the hosts' schemas say of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.bootstrap.errors import ToolError, run_main
from tools.bootstrap.paths import ROOT
from tools.scan import lint_actions
from tools.scan.exceptions import Finding, judged
from tools.scan.isolated import CHECK_JSONSCHEMA, ZIZMOR, isolated

WORKFLOWS = ROOT / ".github" / "workflows"
GITLAB = ROOT / ".gitlab-ci.yml"
EXCEPTIONS = Path(__file__).with_name("pipeline_exceptions.yaml")
_GITLAB_SCHEMA = ("vendor.gitlab-ci", "--data-transform", "gitlab-ci")


def of_github(files: Sequence[Path]) -> list[Finding]:
    """Raises ToolError where a scanner has not read all of them."""
    schema = _schema(files, "vendor.github-workflows")
    return [*_zizmor(files), *lint_actions.findings(files), *schema]


def of_gitlab(file: Path) -> list[Finding]:
    """Raises ToolError where it cannot be read."""
    return _schema([file], *_GITLAB_SCHEMA)


def _zizmor(files: Sequence[Path]) -> list[Finding]:
    """All that it has to say: the persona for auditors. Nothing is asked of a network."""
    options = ("--offline", "--no-config", "--strict-collection", "--persona", "auditor", "--quiet")
    form = ("--format", "json", "--no-exit-codes")
    done = isolated(ZIZMOR, "zizmor", *options, *form, *map(str, files))
    if done.returncode:
        raise ToolError(f"zizmor: {done.stderr[-2000:]}")
    return [
        Finding(
            check=f"zizmor:{row['ident']}:{_place(row)[0]}",
            where=":".join(_place(row)),
            what=row["desc"],
        )
        for row in json.loads(done.stdout)
        if not row["ignored"]
    ]


def _place(row: dict[str, Any]) -> tuple[str, str]:
    """File and line."""
    at = next(one for one in row["locations"] if one["symbolic"]["kind"] == "Primary")
    line = int(at["concrete"]["location"]["start_point"]["row"]) + 1
    return Path(at["symbolic"]["key"]["Local"]["verbatim_path"]).name, str(line)


def _schema(files: Sequence[Path], name: str, *options: str) -> list[Finding]:
    command = ("check-jsonschema", "--builtin-schema", name, *options, "--output-format", "json")
    done = isolated(CHECK_JSONSCHEMA, *command, *map(str, files))
    try:
        report = json.loads(done.stdout)
    except ValueError as error:
        raise ToolError(f"check-jsonschema says nothing of use: {done.stderr[-2000:]}") from error
    if report.get("parse_errors"):
        raise ToolError(f"check-jsonschema cannot read: {report['parse_errors']}")
    return [
        Finding(
            check=f"schema:{name}",
            where=f"{Path(row['filename']).name}: {row['path']}",
            what=row["message"],
        )
        for row in report["errors"]
    ]


def main() -> int:
    files = sorted(WORKFLOWS.glob("*.yml"))
    if not files:
        raise ToolError(f"{WORKFLOWS} holds no workflow")
    found = judged([*of_github(files), *of_gitlab(GITLAB)], "", EXCEPTIONS)
    print("\n".join(found) if found else "nothing in pipelines is found that is not excepted")
    return 1 if found else 0


if __name__ == "__main__":
    run_main(main)
