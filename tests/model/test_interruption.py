"""kill -9 at several points of a real conversion, then a run that succeeds."""

from __future__ import annotations

import json
import os
import random
import time
from pathlib import Path

import pytest

from images.onnx.model.artifact import open_artifact
from tests.support.model_build import kill_at, start_build
from tests.support.tiny_llama import tiny_llama

POINTS = ["reading the source model", "writing ONNX", "checking the artefact"]
EXACT = ("--min-top1-agreement", "0.99", "--max-perplexity-ratio", "1.001")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for orphans in /proc")
def test_a_build_killed_at_any_point_leaves_nothing_half_done_and_the_next_one_succeeds(
    cache: Path,
) -> None:
    source = f"file:{tiny_llama()}"
    for point in POINTS:
        lines = kill_at(start_build(source, cache, *EXACT), lambda line, p=point: p in line)
        assert point in lines[-1]
        assert not list((cache / "models").glob("*")), "a killed build published an artefact"
        _wait_until_no_process_names(cache)

    process = start_build(source, cache, *EXACT)
    printed, said = process.communicate()

    assert process.returncode == 0, said
    result = json.loads(printed.splitlines()[-1])
    artefact = open_artifact(Path(result["path"]), cached=True)
    assert artefact is not None
    assert artefact.accuracy is not None
    assert artefact.accuracy.top1_agreement >= 0.99
    assert artefact.accuracy.prompts >= 64
    assert not list((cache / "work").iterdir()), "scratch folders of killed runs are left"
    assert {"model.onnx", "model.onnx.data", "genai_config.json", "tokenizer.json"} <= {
        path.name for path in artefact.path.iterdir()
    }

    again, said = start_build(source, cache, *EXACT).communicate()
    assert json.loads(again.splitlines()[-1])["cached"] is True
    assert "converting" not in said


def _wait_until_no_process_names(folder: Path) -> None:
    """A killed build's worker notices that its parent is gone and ends."""
    deadline = time.monotonic() + 60
    while alive := _processes_naming(str(folder)):
        assert time.monotonic() < deadline, f"orphans of a killed build: {alive}"
        time.sleep(0.1)


def _processes_naming(text: str) -> list[str]:
    found: list[str] = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if text in line and path.parent.name != str(os.getpid()):
            found.append(line)
    return found


@pytest.mark.chaos
def test_builds_killed_at_random_moments_converge(tmp_path: Path) -> None:
    source = f"file:{tiny_llama()}"
    started = time.monotonic()
    assert start_build(source, tmp_path / "whole", *EXACT).wait() == 0
    whole = time.monotonic() - started
    for _ in range(20):
        process = start_build(source, tmp_path / "cache", *EXACT)
        time.sleep(random.uniform(0, whole))
        process.kill()
        process.communicate()
        for folder in (tmp_path / "cache").glob("models/*"):
            assert open_artifact(folder, cached=True), "a killed build published half an artefact"
    printed, said = start_build(source, tmp_path / "cache", *EXACT).communicate()
    assert json.loads(printed.splitlines()[-1])["top1_agreement"] >= 0.99, said
