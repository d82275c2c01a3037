"""A checkpoint whose attributes a killed engine was writing."""

from __future__ import annotations

from pathlib import Path

from operations.checkpoint import mend


def test_attributes_that_were_cut_off_are_removed_and_whole_ones_stay(tmp_path: Path) -> None:
    folder = tmp_path / ".pulumi" / "stacks" / "chat"
    folder.mkdir(parents=True)
    for name, content in (
        ("dev.json", "{}"),
        ("dev.json.attrs", ""),
        ("dev.json.bak.attrs", "{}"),
        ("prod.json.attrs", ""),
    ):
        (folder / name).write_text(content)
    assert mend(f"file://{tmp_path}", "chat", "dev") == [folder / "dev.json.attrs"]
    left = sorted(path.name for path in folder.iterdir())
    assert left == ["dev.json", "dev.json.bak.attrs", "prod.json.attrs"]


def test_another_backend_is_left_alone() -> None:
    assert mend("s3://states", "chat", "dev") == []
