"""`make pins` against a registry and a chart repository on loopback."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from planning.catalog.rows.pins import ChartRow, ImageRow
from planning.catalog.tables import read_table
from tests.support.fake_registry import FakeRegistry
from tests.support.loopback_server import serving
from tools.pins.charts import confirmed_version
from tools.pins.registry import digest_of
from tools.pins.web import Sites, UnansweredError
from tools.pins.write import refresh

CATALOG = Path(__file__).parents[3] / "planning/catalog"
TODAY = datetime.date(2026, 12, 1)
DIGEST = f"sha256:{'ab' * 32}"
REPOSITORY = "https://charts.test/stable"
World = tuple[Sites, dict[str, str], list[str]]
INDEX = """\
entries:
  keda:
    - {version: 2.9.0}
    - {version: 2.21.1}
    - {version: 3.0.0-rc.1}
"""


@pytest.fixture
def world() -> Iterator[World]:
    """Sites that are all one server; its tags; the scopes that tokens were asked for."""
    images = read_table(CATALOG / "images.yaml", ImageRow)
    tags = {row.value.reference.partition("/")[2]: DIGEST for row in images.values()}
    scopes: list[str] = []
    with serving(
        FakeRegistry, tags=tags, scopes=scopes, indexes={"/stable/index.yaml": INDEX}
    ) as at:
        FakeRegistry.realm = at
        hosts = ("registry-1.docker.io", "nvcr.io", "ghcr.io", "registry.k8s.io", "charts.test")
        yield Sites(addresses=dict.fromkeys(hosts, at)), tags, scopes


def test_docker_hub_gives_a_digest_after_an_anonymous_token(
    world: World,
) -> None:
    sites, _, scopes = world
    assert digest_of("docker.io/library/redis:8.2.2-alpine", sites) == DIGEST
    assert scopes == ["repository:library/redis:pull"]


def test_a_tag_that_is_not_there_is_no_pin(
    world: World,
) -> None:
    with pytest.raises(UnansweredError, match="HTTP 404 for library/redis:none"):
        digest_of("docker.io/library/redis:none", world[0])


def test_a_chart_without_version_gets_the_newest_release_and_no_candidate(
    world: World,
) -> None:
    assert confirmed_version("keda", REPOSITORY, None, world[0]) == "2.21.1"


def test_a_version_that_its_repository_does_not_have_is_named(
    world: World,
) -> None:
    with pytest.raises(UnansweredError, match=r"has no keda 9\.9\.9"):
        confirmed_version("keda", REPOSITORY, "9.9.9", world[0])


def test_digests_are_written_with_source_and_date_and_nothing_else_moves(
    world: World, tmp_path: Path
) -> None:
    catalog = _copied(tmp_path)
    before = (catalog / "images.yaml").read_text()
    refresh(catalog, world[0], TODAY)
    rows = read_table(catalog / "images.yaml", ImageRow)
    assert {row.value.digest for row in rows.values()} == {DIGEST}
    assert {row.date for row in rows.values()} == {TODAY}
    assert all("registry's own answer" in row.source for row in rows.values())
    after = (catalog / "images.yaml").read_text()
    assert _without_pins(after) == _without_pins(before)
    again = refresh(catalog, world[0], datetime.date(2027, 1, 1))
    assert not [line for line in again.changed if line.startswith("images")]
    assert (catalog / "images.yaml").read_text() == after


def test_a_tag_that_moved_is_shown_as_a_change(world: World, tmp_path: Path) -> None:
    sites, tags, _ = world
    catalog = _copied(tmp_path)
    refresh(catalog, sites, TODAY)
    tags["library/redis:8.2.2-alpine"] = f"sha256:{'cd' * 32}"
    (line,) = [one for one in refresh(catalog, sites, TODAY).changed if "redis" in one]
    assert DIGEST in line and "cdcd" in line


def test_an_unresolved_chart_gets_its_version_in_a_row_of_several_lines(
    world: World, tmp_path: Path
) -> None:
    catalog = _copied(tmp_path)
    file = catalog / "charts.yaml"
    text = file.read_text().replace("https://kedacore.github.io/charts", REPOSITORY, 1)
    file.write_text(text.replace("    version: 2.21.1\n", "", 1))
    refresh(catalog, world[0], TODAY)
    assert read_table(file, ChartRow)["keda"].value.version == "2.21.1"


def test_offline_every_row_is_named_and_none_is_touched(tmp_path: Path) -> None:
    catalog = _copied(tmp_path)
    hosts = (
        "registry-1.docker.io",
        "nvcr.io",
        "registry.k8s.io",
        "kedacore.github.io",
        "prometheus-community.github.io",
        "helm.ngc.nvidia.com",
        "nvidia.github.io",
    )
    nobody = Sites(addresses=dict.fromkeys(hosts, "http://127.0.0.1:9"))
    before = [file.read_text() for file in sorted(catalog.iterdir())]
    report = refresh(catalog, nobody, TODAY)
    assert len(report.failed) == report.asked > 0
    assert all("not reachable" in line for line in report.failed)
    assert [file.read_text() for file in sorted(catalog.iterdir())] == before


def _copied(folder: Path) -> Path:
    for name in ("images.yaml", "charts.yaml"):
        shutil.copy(CATALOG / name, folder / name)
    return folder


def _without_pins(text: str) -> list[str]:
    kept = [line for line in text.splitlines() if not line.startswith(("  source:", "  date:"))]
    return [line.replace(f', digest: "{DIGEST}"', "") for line in kept]
