"""Pulumi: what is accepted, downloaded, refused, and where it is kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.release_site import ReleaseSite
from tools import engine
from tools.bootstrap.errors import ToolError
from tools.engine import build, kept, release


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache and a PATH with nothing but one empty folder, which is returned."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(folder: Path, name: str, prints: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\necho {prints}\n")
    (folder / name).chmod(0o755)


def test_without_pulumi_the_message_names_the_command(bare: Path) -> None:
    with pytest.raises(ToolError, match="run `make engine`"):
        engine.locate()


def test_a_new_enough_pulumi_on_path_is_taken(bare: Path) -> None:
    program(bare, "pulumi", "v3.999.0")
    program(bare, "pulumi-language-python", "")
    assert engine.locate() == bare


@pytest.mark.parametrize("found", ["v3.100.0", "v4.0.0"])
def test_another_major_or_an_older_pulumi_is_left(bare: Path, found: str) -> None:
    program(bare, "pulumi", found)
    program(bare, "pulumi-language-python", "")
    with pytest.raises(ToolError):
        engine.locate()


def test_a_pulumi_without_its_python_host_is_left(bare: Path) -> None:
    program(bare, "pulumi", "v3.999.0")
    with pytest.raises(ToolError):
        engine.locate()


def test_the_release_is_installed_and_found_again(bare: Path) -> None:
    with ReleaseSite() as site, kept.engine().assembled() as folder:
        release.download(release.engine_release(), folder, base_url=site.url)
    assert engine.locate() == kept.engine().bin_dir
    assert os.access(kept.engine().bin_dir / "pulumi", os.X_OK)


def test_an_archive_that_differs_from_its_checksum_is_not_installed(bare: Path) -> None:
    with (
        ReleaseSite(tampered=True) as site,
        pytest.raises(ToolError, match="does not match its published checksum"),
        kept.engine().assembled() as folder,
    ):
        release.download(release.engine_release(), folder, base_url=site.url)
    assert kept.engine().complete() is None


def test_an_unreachable_site_is_told_apart_from_a_bad_archive(tmp_path: Path) -> None:
    with pytest.raises(release.UnreachableError):
        release.download(release.engine_release(), tmp_path, base_url="http://127.0.0.1:9")


def test_the_kept_folder_changes_with_the_module_files(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept.engine().home
    for module in ("cli", "language-python"):
        (tmp_path / module).mkdir()
        for name in ("go.mod", "go.sum"):
            (tmp_path / module / name).write_bytes((kept.MODULES / module / name).read_bytes())
    monkeypatch.setattr(kept, "MODULES", tmp_path)
    assert kept.engine().home == before
    (tmp_path / "cli" / "go.sum").write_text("other")
    assert kept.engine().home != before


def test_too_little_disk_for_the_build_also_says_how_to_install_pulumi(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setattr(build, "DISK_GIGABYTES", 1e6)
    with pytest.raises(ToolError, match=r"(?s)building Pulumi.*GB free.*pulumi\.com/docs/install"):
        engine.ensure()
