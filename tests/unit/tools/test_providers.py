"""Pulumi's provider plugins: where they are kept, downloaded from, and of which version."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from components.cluster import objects
from components.image import VERSION
from tests.support.release_site import ReleaseSite
from tools.bootstrap.errors import ToolError
from tools.engine import providers, release
from tools.engine.providers import DOCKER_BUILD, KUBERNETES, PROVIDERS


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def test_plugins_are_of_the_versions_that_programs_ask_for() -> None:
    assert KUBERNETES.version == objects.VERSION
    assert DOCKER_BUILD.version == VERSION


def test_nothing_is_located_before_it_is_installed() -> None:
    assert providers.locate() == []


def test_the_release_of_a_plugin_is_installed_and_located() -> None:
    official = release.provider_release("kubernetes", KUBERNETES.version)
    with (
        ReleaseSite(official, [KUBERNETES.program]) as site,
        KUBERNETES.kept().assembled() as folder,
    ):
        release.download(official, folder, base_url=site.url)
    (found,) = providers.locate()
    assert os.access(found / "pulumi-resource-kubernetes", os.X_OK)


def test_without_the_release_site_a_build_needs_disk_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(release, "BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setattr(providers, "DISK_GIGABYTES", 1e6)
    with pytest.raises(ToolError, match=r"building Pulumi's providers \(once\) needs .* GB free"):
        providers.ensure()


def test_every_file_that_a_plugin_is_built_from_decides_where_it_is_kept() -> None:
    for provider in PROVIDERS:
        files = {path for path in provider.module.rglob("*") if path.is_file()}
        pinned = set(provider.kept().pins)
        assert files - pinned <= {provider.module / "tools.go"}, "it only names what go.mod pins"
