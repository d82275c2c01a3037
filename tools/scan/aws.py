"""`python -m tools.scan.aws`: what is made on AWS, as checkov and our own rules see it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.bootstrap.errors import ToolError, run_main
from tools.bootstrap.paths import ROOT
from tools.scan import aws_documents, aws_rules, checkov
from tools.scan.exceptions import Finding, judged
from tools.scan.plan_shape import plan

FOLDER = ROOT / "tests" / "golden" / "graphs"
"""A test holds these files against what components register."""
EXCEPTIONS = Path(__file__).with_name("aws_exceptions.yaml")


Plans = Mapping[str, dict[str, Any]]
"""Plan-shaped documents, by name: a finding's `where` begins with it."""


def by_rules(plans: Plans) -> list[Finding]:
    return [
        one
        for name, document in plans.items()
        for rules in (aws_rules, aws_documents)
        for one in rules.findings(document, name)
    ]


def by_checkov(plans: Plans) -> list[Finding]:
    with tempfile.TemporaryDirectory() as folder:
        for name, document in plans.items():
            (Path(folder) / f"{name}.json").write_text(json.dumps(document))
        return checkov.findings(Path(folder), "terraform_plan")


def main() -> int:
    files = sorted(FOLDER.glob("*.json"))
    if not files:
        raise ToolError(f"{FOLDER} holds no graph")
    plans = {file.stem: plan(json.loads(file.read_text())) for file in files}
    found = judged([*by_rules(plans), *by_checkov(plans)], "", EXCEPTIONS)
    print("\n".join(found) if found else "nothing on AWS is found that is not excepted")
    return 1 if found else 0


if __name__ == "__main__":
    run_main(main)
