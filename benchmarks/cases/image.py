"""What the onnx image weighs and how soon a changed line is in it, against what pip makes."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from benchmarks.context import Context
from benchmarks.images import Builder, builder
from benchmarks.machine import ROOT, versions
from benchmarks.results import Measurement, Outcome, Series
from benchmarks.rounds import Figures, interleave
from components.image import LAYERS
from tools.cluster.standins.ensure import ensure

ROUNDS = 3
SOURCE = ROOT / "images" / "onnx"
SERVER = ("fastapi", "httptools", "jinja2", "numpy", "onnxruntime", "prometheus-client")
SERVER += ("pydantic", "tokenizers", "uvicorn", "uvloop")
USUAL = ("optimum[onnxruntime]", "transformers", "fastapi", "uvicorn")
_PIP = """\
ARG BASE_IMAGE=scratch
FROM ${BASE_IMAGE}
WORKDIR /app
RUN --mount=type=secret,id=pip.conf,target=/etc/pip.conf \\
    --mount=type=secret,id=ca.pem,target=/run/secrets/ca.pem \\
    if [ -s /run/secrets/ca.pem ]; then export PIP_CERT=/run/secrets/ca.pem; fi; \\
    pip install --no-cache-dir --break-system-packages PACKAGES
COPY server /app/images/onnx/server
CMD ["python3", "-m", "images.onnx.server"]
"""


def run(context: Context) -> Measurement:
    base = ensure(["python"])["python"]
    tool = builder(base, context.work)
    pinned = [f"{name}=={version}" for name, version in versions(*SERVER).items()]
    sizes = {
        "ours": _ours(tool, context),
        "pip, same packages": _pip(tool, "same-packages", pinned),
        "pip, usual recipe": _pip(tool, "usual-recipe", USUAL),
    }
    series = interleave(
        {"cold": lambda: _timed(tool, context, cold=True), "rebuild": lambda: _line(tool, context)},
        context.rounds or ROUNDS,
        {"build": "s"},
        context.progress,
    )
    return Measurement(
        setup={
            "Base": "the same for all: Debian 12 with Python 3.11 and pip, "
            "as docs/adr/0021-stand-in-images.md makes it in place of python:3.11-slim",
            "Model": "in none of them: its weights would be the same bytes in each",
            "pip, same packages": f"pip install --no-cache-dir {' '.join(pinned)}, and the server",
            "pip, usual recipe": f"pip install --no-cache-dir {' '.join(USUAL)}, from PyPI alone, "
            "whose torch is CUDA's; newest releases of the day",
            "Layers": "zstd for ours, as `pulumi up` builds it; gzip for pip's, as BuildKit does "
            "unasked",
            "Cold": "no step from the cache, base at hand; until the registry has the image",
            "Rebuild": "one line added to images/onnx/server/app.py",
        },
        versions=versions(*SERVER),
        series=(*_series(sizes), *series),
        outcomes=(
            *_outcomes("same-packages", "pip, same packages"),
            *_outcomes("usual-recipe", "pip, usual recipe"),
            Outcome(goal="rebuild", ours="rebuild build", peer="cold build"),
        ),
    )


def _ours(tool: Builder, context: Context) -> Figures:
    given = _given(context)
    tool.build("onnx", SOURCE, *given, layers=LAYERS)
    return tool.sizes("onnx", SOURCE, *given)


def _pip(tool: Builder, name: str, packages: Sequence[str]) -> Figures:
    folder = tool.work / name
    shutil.copytree(SOURCE / "server", folder / "server")
    (folder / "Dockerfile").write_text(
        _PIP.replace("PACKAGES", " ".join(f"'{p}'" for p in packages))
    )
    tool.build(name, folder)
    return tool.sizes(name, folder)


def _timed(tool: Builder, context: Context, source: Path = SOURCE, *, cold: bool) -> Figures:
    return {"build": tool.build("timed", source, *_given(context), layers=LAYERS, cold=cold)}


def _line(tool: Builder, context: Context) -> Figures:
    """Each time another line, so that no earlier build has it."""
    copy = context.work / "changed"
    if not copy.exists():
        shutil.copytree(SOURCE, copy)
    with (copy / "server" / "app.py").open("a") as file:
        file.write("# one more line\n")
    return _timed(tool, context, copy, cold=False)


def _given(context: Context) -> Sequence[str]:
    """No model."""
    empty = context.work / "model"
    empty.mkdir(exist_ok=True)
    return ("--local", f"model={empty}", "--opt", "context:model=local:model")


def _series(sizes: dict[str, Figures]) -> list[Series]:
    return [
        Series(name=f"{name} {figure}", unit="MiB", values=(float(f"{value:.6g}"),))
        for name, figures in sizes.items()
        for figure, value in figures.items()
    ]


def _outcomes(goal: str, peer: str) -> list[Outcome]:
    ends = {"": "in the registry", "-unpacked": "unpacked"}
    return [
        Outcome(goal=goal + end, ours=f"ours {figure}", peer=f"{peer} {figure}")
        for end, figure in ends.items()
    ]
