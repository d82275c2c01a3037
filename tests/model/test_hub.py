"""The hub's client against a hub on loopback: what is fetched, verified, refused and kept."""

from __future__ import annotations

import json
import os
import struct
from pathlib import Path

import pytest

from images.onnx.model.errors import ModelBuildError
from images.onnx.model.hub import fetch_repository
from images.onnx.model.source import HubSource
from tests.support.fake_hub import REPOSITORY, REVISION, FakeHub, running
from tests.support.model_build import start_build

SOURCE = HubSource(REPOSITORY, REVISION)
SECRET = "hf_not_a_real_token_1234567890"

HEADER = json.dumps({"w": {"dtype": "F32", "shape": [4096], "data_offsets": [0, 16384]}}).encode()
WEIGHTS = struct.pack("<Q", len(HEADER)) + HEADER + os.urandom(16384)


def files() -> dict[str, bytes]:
    return {
        "config.json": b'{"model_type": "llama"}',
        "tokenizer.json": b"{}",
        "model.safetensors": WEIGHTS,
        "pytorch_model.bin": b"\x80\x04.",
        "README.md": b"# hello",
    }


def fetch(hub: FakeHub, cache: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, list[str]]:
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    said: list[str] = []
    return fetch_repository(SOURCE, cache, said.append), said


def refusal(hub: FakeHub, cache: Path, monkeypatch: pytest.MonkeyPatch) -> ModelBuildError:
    with running(hub), pytest.raises(ModelBuildError) as caught:
        fetch(hub, cache, monkeypatch)
    assert not list((cache / "sources").glob("hub-*[!l]")), "a refused model was kept"
    return caught.value


def test_only_what_a_conversion_reads_is_fetched_and_never_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", SECRET)
    hub = FakeHub(files())
    with running(hub):
        folder, said = fetch(hub, tmp_path, monkeypatch)
        requests = len(hub.tokens)
        again, _ = fetch(hub, tmp_path, monkeypatch)

    assert {p.name for p in folder.iterdir()} == {
        "config.json",
        "tokenizer.json",
        "model.safetensors",
        "source.json",
    }
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS
    assert again == folder
    assert len(hub.tokens) == requests, "a fetched commit was asked for again"
    assert f"Bearer {SECRET}" in hub.tokens
    written = [p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()]
    assert not any(SECRET.encode() in content for content in written)
    assert not any(SECRET in line for line in said)


def test_a_killed_download_goes_on_with_the_files_that_are_not_there_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = FakeHub(files(), stall={"model.safetensors": 9000})
    with running(hub):
        environment = dict(os.environ, HF_ENDPOINT=hub.url)
        build = start_build(f"hf:{REPOSITORY}@{REVISION}", tmp_path, environment=environment)
        try:
            assert hub.stalled.wait(60), "the download never came to the weights"
        finally:
            build.kill()
            build.communicate()
        assert not list((tmp_path / "sources").glob("hub-*[!l]")), "half a model was published"
        before = len(hub.downloads)
        folder, _ = fetch(hub, tmp_path, monkeypatch)

    assert hub.downloads[before:] == ["model.safetensors"]
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS
    assert not list(tmp_path.rglob("*.incomplete")), "the piece of the killed download is left"


@pytest.mark.parametrize("at_download", [False, True])
def test_a_gated_model_says_where_to_accept_its_terms_and_hides_the_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_download: bool
) -> None:
    monkeypatch.setenv("HF_TOKEN", SECRET)
    gated = (403, "GatedRepo")
    hub = FakeHub(files(), refuse_downloads=gated) if at_download else FakeHub({}, refuse=gated)
    error = refusal(hub, tmp_path, monkeypatch)
    assert "gated" in error.what
    assert f"accept its terms at {hub.url}/{REPOSITORY}" in error.fix
    logs = "".join(p.read_text() for p in (tmp_path / "logs").iterdir())
    assert SECRET not in str(error) + logs


@pytest.mark.parametrize(
    ("code", "what", "fix"),
    [
        ((401, "RepoNotFound"), "does not exist on the hub, or is private", "set HF_TOKEN"),
        ((404, "RevisionNotFound"), f"has no commit {REVISION}", "commits/main"),
        ((418, ""), "HTTP 418", "try again later"),
    ],
)
def test_the_hubs_refusals_are_explained(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: tuple[int, str],
    what: str,
    fix: str,
) -> None:
    monkeypatch.delenv("HF_TOKEN", raising=False)
    error = refusal(FakeHub({}, refuse=code), tmp_path, monkeypatch)
    assert what in error.what
    assert fix in error.fix


def test_a_hub_out_of_reach_and_offline_mode_offer_other_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = FakeHub(files())
    with running(closed):
        pass
    monkeypatch.setenv("HF_ENDPOINT", closed.url)
    with pytest.raises(ModelBuildError, match="cannot be reached") as caught:
        fetch_repository(SOURCE, tmp_path, lambda _: None)
    assert "file:<path>" in caught.value.fix

    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelBuildError, match="HF_HUB_OFFLINE forbids") as caught:
        fetch_repository(SOURCE, tmp_path, lambda _: None)
    assert "file:<path>" in caught.value.fix


def test_a_repository_of_pickles_only_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = files()
    del content["model.safetensors"]
    error = refusal(FakeHub(content), tmp_path, monkeypatch)
    assert f"{REPOSITORY}/pytorch_model.bin is a pickle file" in error.what


def test_remote_code_is_refused_before_the_weights_are_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = files() | {"config.json": b'{"auto_map": {"AutoModel": "x.Y"}}'}
    error = refusal(FakeHub(content), tmp_path, monkeypatch)
    assert "auto_map" in error.what
    assert not list(tmp_path.rglob("model.safetensors"))


def test_a_file_with_another_hash_than_stated_is_refused_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = FakeHub(files(), damaged={"model.safetensors"})
    error = refusal(hub, tmp_path, monkeypatch)
    assert "model.safetensors has the hash" in error.what
    assert not list(tmp_path.rglob("model.safetensors"))
