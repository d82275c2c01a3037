"""What the documents tell people to do exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from planning.settings.settings import Target
from planning.stackfile import load_stack_file
from tools.bootstrap.paths import ROOT

DOCUMENTS = [
    ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
]
PAGES = {
    "local": "local.md",
    "kubernetes": "kubernetes.md",
    "eks": "eks.md",
    "hf-endpoint": "inference-endpoints.md",
}
"""The page of each target."""
GUIDES = sorted((ROOT / "docs").glob("*.md"))
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))


def test_the_stack_file_of_the_readme_loads(tmp_path: Path) -> None:
    example = re.search(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert example
    file = tmp_path / "Pulumi.dev.yaml"
    file.write_text(example.group(1))
    assert load_stack_file(file).target == "local"


@pytest.mark.parametrize("document", [*DOCUMENTS, *GUIDES, *ADRS], ids=lambda path: path.name)
def test_links_and_commands_lead_somewhere(document: Path) -> None:
    text = document.read_text()
    links = re.findall(r"\]\((?!http)([^)#]+)\)", text)
    assert [link for link in links if not (document.parent / link).exists()] == []
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    named = re.findall(r"(?:^|`)make ([\w-]+)", text, re.MULTILINE)
    assert [name for name in named if name not in targets] == []
    modules = re.findall(r"python -m ([a-z]\w*(?:\.\w+)*)", text)
    places = [ROOT.joinpath(*module.split(".")) for module in modules]
    assert [p for p in places if not (p.with_suffix(".py").exists() or p.is_dir())] == []


def test_every_target_has_a_page() -> None:
    assert set(PAGES) == set(get_args(Target))


@pytest.mark.parametrize("page", PAGES.values())
def test_a_targets_page_says_what_it_needs_costs_and_how_to_go_on_and_leave(page: str) -> None:
    text = (ROOT / "docs" / page).read_text()
    parts = dict(re.findall(r"^## (.+?)$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    assert {"What it needs to be allowed", "What the account must allow"} & parts.keys()
    assert "Time and cost of a first `up`" in parts
    told = set(
        re.findall(r"^- \*\*(\w+)\*\*:", parts["Upgrade, rotate, restore, leave"], re.MULTILINE)
    )
    assert {"Upgrade", "Rotate", "Restore", "Leave"} <= told


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in ADRS]
    assert numbers == list(range(1, len(ADRS) + 1))
    for path, number in zip(ADRS, numbers, strict=True):
        assert path.read_text().startswith(f"# {number}. ")
