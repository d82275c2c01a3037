"""`python -m tools.scan.checkov`: the rendered manifests as checkov sees them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.bootstrap.errors import ToolError, run_main
from tools.scan.exceptions import Finding, judged
from tools.scan.isolated import CHECKOV, isolated
from tools.scan.manifests import FOLDER


def findings(folder: Path, framework: str = "kubernetes") -> list[Finding]:
    """Raises ToolError where it has not read every file."""
    options = ("--framework", framework, "--skip-download", "--compact", "--quiet")
    done = isolated(CHECKOV, "checkov", "--directory", str(folder), *options, "--output", "json")
    try:
        report = json.loads(done.stdout)
    except ValueError as error:
        raise ToolError(f"checkov says nothing of use: {done.stderr[-2000:]}") from error
    summary = report.get("summary", report)
    if summary["parsing_errors"] or not summary["passed"]:
        raise ToolError(f"checkov has not read everything in {folder}: {summary}")
    return list(_failed(report))


def _failed(report: dict[str, Any]) -> Iterator[Finding]:
    for failed in report["results"]["failed_checks"]:
        where = f"{failed['file_path'].lstrip('/')}: {failed['resource']}"
        yield Finding(check=failed["check_id"], where=where, what=failed["check_name"])


def main() -> int:
    found = judged(findings(FOLDER), "CKV")
    print("\n".join(found) if found else "checkov finds nothing that is not excepted")
    return 1 if found else 0


if __name__ == "__main__":
    run_main(main)
