"""Files that are never loaded: pickles, remote code, broken or unknown kinds."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from images.onnx.model import BuildRequest, ModelBuildError, build
from images.onnx.model.gguf import read_gguf

WEIGHTS = struct.pack("<Q", 2) + b"{}"


def refusal(tmp_path: Path, source: Path, *, sha256: str | None = None) -> ModelBuildError:
    """What `build` says about `source`; it must not get as far as a conversion."""
    request = BuildRequest(
        source=f"file:{source}", quantization="int4", sha256=sha256, cache=tmp_path / "cache"
    )
    with pytest.raises(ModelBuildError) as caught:
        build(request)
    assert not (tmp_path / "cache" / "models").exists()
    return caught.value


def test_a_pickle_file_is_refused_because_loading_it_may_run_code(tmp_path: Path) -> None:
    pickle = tmp_path / "pytorch_model.bin"
    pickle.write_bytes(b"\x80\x04.")
    error = refusal(tmp_path, pickle)
    assert "pickle" in error.what
    assert "safetensors" in error.fix


def test_a_folder_with_only_pickles_is_refused_by_the_name_of_one(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "pytorch_model.bin").write_bytes(b"")
    assert "pytorch_model.bin is a pickle file" in refusal(tmp_path, folder).what


@pytest.mark.parametrize("name", ["config.json", "tokenizer_config.json"])
def test_a_model_that_brings_python_code_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(WEIGHTS)
    (folder / name).write_text(json.dumps({"auto_map": {"AutoModel": "evil.Model"}}))
    error = refusal(tmp_path, folder)
    assert "auto_map" in error.what
    assert name in error.what


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("model.safetensors", "alone is not a whole model"),
        ("model.onnx", "alone is not a whole model"),
        ("model.zip", "is of no kind that can be read"),
        ("model.gguf", "is not a whole GGUF file"),
    ],
)
def test_a_single_file_of_another_kind_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / name).write_bytes(b"PK\3\4 not a model")
    assert reason in refusal(tmp_path, tmp_path / name).what


def test_a_missing_path_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path, tmp_path / "absent.gguf").what
    (tmp_path / "empty").mkdir()
    assert "holds no model" in refusal(tmp_path, tmp_path / "empty").what


def test_a_safetensors_file_cut_short_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    header = json.dumps({"w": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}}).encode()
    whole = struct.pack("<Q", len(header)) + header + bytes(16)
    (folder / "model.safetensors").write_bytes(whole[:-1])
    assert "is not a whole safetensors file" in refusal(tmp_path, folder).what


def test_another_hash_than_the_required_one_is_refused_with_both(tmp_path: Path) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(b"GGUF")
    error = refusal(tmp_path, file, sha256="0" * 64)
    assert "0" * 64 in error.what
    assert "model.sha256" in error.fix


def test_a_hash_that_is_none_and_a_hash_for_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert "is no hash" in refusal(tmp_path, tmp_path / "a.gguf", sha256="abc").what
    assert "is a folder" in refusal(tmp_path, tmp_path / "folder", sha256="0" * 64).what


def test_fp16_on_the_cpu_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    request = BuildRequest(
        source="file:/absent.gguf", quantization="fp16", cache=tmp_path / "cache"
    )
    with pytest.raises(ModelBuildError, match="'fp16' does not run on device 'cpu'") as caught:
        build(request)
    assert "fp32, int8, int4" in caught.value.fix


def test_the_header_of_a_gguf_file_tells_architecture_and_number_of_weights(tmp_path: Path) -> None:
    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    pair = text("general.architecture") + struct.pack("<I", 8) + text("llama")
    names = struct.pack("<IIQ", 9, 8, 2) + text("a") + text("b")
    tensor = text("token_embd.weight") + struct.pack("<I2QIQ", 2, 64, 1000, 0, 0)
    head = struct.pack("<4sIQQ", b"GGUF", 3, 1, 2)
    (tmp_path / "m.gguf").write_bytes(head + pair + text("tokens") + names + tensor)

    header = read_gguf(tmp_path / "m.gguf")

    assert (header.architecture, header.weights) == ("llama", 64_000)
