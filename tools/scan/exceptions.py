"""Findings that are kept for a stated reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("exceptions.yaml")
MOST = 3


@dataclass(frozen=True, kw_only=True)
class Finding:
    check: str
    """The scanner's name for it, such as `CKV_K8S_11`."""
    where: str
    what: str


def excepted(file: Path | None = None) -> set[str]:
    """Raises ValueError for a file with too many of them, or one without a day or a reason."""
    file = file or FILE
    rows = yaml.safe_load(file.read_text())
    for row in rows:
        if not isinstance(row.get("since"), date) or not row.get("reason"):
            raise ValueError(f"{file.name}: {row.get('check')} needs `since`, a day, and `reason`")
    if len(rows) > MOST:
        raise ValueError(f"{file.name}: {len(rows)} exceptions, allowed {MOST}")
    return {row["check"] for row in rows}


def judged(findings: Iterable[Finding], prefix: str, file: Path | None = None) -> list[str]:
    """Problems: what is found and not excepted, and exceptions with `prefix` that nothing needs."""
    found = list(findings)
    kept = {check for check in excepted(file) if check.startswith(prefix)}
    bad = [f"{f.where}: {f.check}: {f.what}" for f in found if f.check not in kept]
    unused = kept - {finding.check for finding in found}
    name = (file or FILE).name
    return bad + [f"{name}: {check} is excepted, and nothing needs it" for check in unused]
