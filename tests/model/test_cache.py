"""The cache: what counts as there, what two builders do, and what stops before it starts."""

from __future__ import annotations

import json
import multiprocessing
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from images.onnx.model.artifact import MANIFEST, Accuracy, open_artifact, write_manifest
from images.onnx.model.errors import ModelBuildError
from images.onnx.model.locks import exclusive
from images.onnx.model.workspace import publish, require_free, scratch

FACTS: dict[str, object] = {
    "digest": "d",
    "source": "file:/m.gguf",
    "quantization": "int4",
    "device": "cpu",
}
FIGURES = Accuracy(
    prompts=76, predictions=2204, top1_agreement=0.9, perplexity=11.0, reference_perplexity=10.0
)


def artefact(folder: Path, accuracy: Accuracy | None = FIGURES) -> Path:
    folder.mkdir()
    (folder / "model.onnx").write_bytes(b"graph")
    (folder / "model.onnx.data").write_bytes(b"weights")
    write_manifest(folder, FACTS, accuracy)
    return folder


def test_a_whole_artefact_is_read_back_with_its_figures(tmp_path: Path) -> None:
    read = open_artifact(artefact(tmp_path / "a"), cached=True)
    assert read is not None
    assert read.accuracy == FIGURES
    assert read.size_bytes == len(b"graph" + b"weights")


def test_accuracy_that_was_not_measured_is_said_so(tmp_path: Path) -> None:
    folder = artefact(tmp_path / "a", accuracy=None)
    read = open_artifact(folder, cached=True)
    assert read is not None
    assert read.accuracy is None
    assert "not measured" in json.loads((folder / MANIFEST).read_text())["accuracy"]["note"]


@pytest.mark.parametrize("harm", ["absent", "file missing", "file cut short", "manifest broken"])
def test_a_damaged_artefact_counts_as_absent_and_is_made_again(tmp_path: Path, harm: str) -> None:
    folder = artefact(tmp_path / "a")
    match harm:
        case "absent":
            folder = tmp_path / "b"
        case "file missing":
            (folder / "model.onnx.data").unlink()
        case "file cut short":
            (folder / "model.onnx.data").write_bytes(b"weigh")
        case _:
            (folder / MANIFEST).write_text("{")
    assert open_artifact(folder, cached=True) is None


def test_publishing_replaces_a_damaged_folder_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "models" / "key"
    target.mkdir(parents=True)
    (target / "rest").write_text("of a damaged artefact")
    publish(artefact(tmp_path / "made"), target)
    assert open_artifact(target, cached=True) is not None
    assert not (target / "rest").exists()
    assert not (tmp_path / "made").exists()


def test_a_scratch_folder_removes_what_a_killed_run_left_and_itself(tmp_path: Path) -> None:
    (tmp_path / "key.old").mkdir()
    (tmp_path / "key.old" / "half").write_text("done")
    (tmp_path / "other.run").mkdir()
    with scratch(tmp_path, "key") as folder:
        assert not (tmp_path / "key.old").exists()
        (folder / "file").write_text("new")
    assert [p.name for p in tmp_path.iterdir()] == ["other.run"]


def _hold(path: Path, held: Event, release: Event) -> None:
    with exclusive(path, lambda _: None, "holding"):
        held.set()
        release.wait(60)


def test_the_second_builder_says_whom_it_waits_for_and_goes_on_when_that_one_is_killed(
    tmp_path: Path,
) -> None:
    context = multiprocessing.get_context("spawn")
    held, release = context.Event(), context.Event()
    holder = context.Process(target=_hold, args=(tmp_path / "lock", held, release))
    holder.start()
    assert held.wait(60), "the first builder did not start"
    said: list[str] = []

    def progress(line: str) -> None:
        said.append(line)
        holder.kill()

    with exclusive(tmp_path / "lock", progress, "building this model"):
        pass
    holder.join()
    assert said == [f"waiting: process {holder.pid} is building this model"]


def test_too_small_a_disk_is_refused_with_both_figures(tmp_path: Path) -> None:
    with pytest.raises(ModelBuildError, match=r"conversion needs 1048576\.0 GiB.*free") as caught:
        require_free(tmp_path, 2**50, "the conversion")
    assert "XDG_CACHE_HOME" in caught.value.fix
