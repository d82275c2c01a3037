"""What is rendered for our own server, against its own parser and metrics."""

from __future__ import annotations

import re
from pathlib import Path
from unittest.mock import Mock

import pytest
from prometheus_client.parser import text_string_to_metric_families

from images.onnx.server.app import create_app
from images.onnx.server.cli import build_parser, read_settings
from images.onnx.server.metrics import Metrics
from images.onnx.server.settings import Settings
from planning.catalog import load_catalog
from planning.cluster.container import container_of
from tests.support.rendered_engines import CASES

ROW = load_catalog().engine_contracts["onnxruntime-1.32.0"].value
DOCKERFILE = Path(__file__).parents[2] / "images" / "onnx" / "Dockerfile"
SETTINGS = Settings(
    model_name="m", max_context=64, max_concurrent=1, max_queue=0, request_timeout=1, drain=1
)


@pytest.mark.parametrize("name", ["onnx", "onnx-many"])
def test_the_server_takes_the_arguments_after_those_of_the_image(name: str) -> None:
    spec = CASES[name]
    parser = build_parser("server")
    arguments = parser.parse_args([*_entry_point(), *container_of(spec).args])
    settings = read_settings(arguments)
    assert (settings.host, settings.port) == ("0.0.0.0", spec.contract.port)
    assert str(arguments.model_dir) == spec.model
    assert settings.model_name == spec.served_name
    assert (settings.max_context, settings.max_concurrent) == (spec.context, spec.sequences)
    assert (settings.max_queue, arguments.threads) == (spec.queue, spec.threads)
    assert settings.request_timeout == spec.request_timeout_seconds
    assert settings.drain == spec.drain_seconds


def test_the_image_runs_as_the_user_of_the_row() -> None:
    assert f"USER {ROW.user}:{ROW.group}\n" in DOCKERFILE.read_text(encoding="utf-8")


def test_the_server_has_the_paths_of_the_row() -> None:
    app = create_app(Mock(), SETTINGS)
    assert {ROW.ready, ROW.live, ROW.metrics.path} <= set(app.openapi()["paths"])


def test_the_server_reports_every_metric_of_the_row_with_these_buckets() -> None:
    engine = Mock()
    engine.load.return_value = Mock(waiting=0, running=0, kv_usage=0.0)
    metrics = Metrics(engine, "m")
    text = metrics.exposition().decode()
    families = {family.name: family for family in text_string_to_metric_families(text)}
    for meaning, name in ROW.metrics.names.items():
        assert name.removesuffix("_total") in families, meaning
    for meaning, bounds in ROW.metrics.buckets.items():
        samples = families[ROW.metrics.names[meaning]].samples
        found = [sample.labels["le"] for sample in samples if "le" in sample.labels]
        assert [float(bound) for bound in found] == [*bounds, float("inf")], meaning


def _entry_point() -> list[str]:
    found = re.search(r"^ENTRYPOINT \[(.*)\]$", DOCKERFILE.read_text(encoding="utf-8"), re.M)
    assert found
    words = [word.strip().strip('"') for word in found[1].split(",")]
    assert words[:3] == ["python3", "-m", "images.onnx.server"]
    return words[3:]
