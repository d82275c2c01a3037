"""Whether a repository's files are the weights that the plan counted with."""

from __future__ import annotations

from collections.abc import Sequence

from operations.preflight.asking import NoAnswerError
from operations.preflight.hub.replies import File
from operations.preflight.needs import ModelNeeds
from operations.preflight.report import Finding
from planning.problems import Problem

_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".h5", ".msgpack")
_TOLERANCE = 0.03
"""Headers and padding are far below it; a missing shard or another dtype is far above."""


def weights(need: ModelNeeds, files: Sequence[File], subject: str) -> Finding:
    """Only safetensors count: pickles can run code, so nothing here reads them.

    Raises NoAnswerError where the hub gives no sizes.
    """
    chosen = _checkpoint(files)
    if not chosen:
        problem = _none(need, files)
        return Finding(check="hub-weights", subject=subject, said=problem.got, problems=(problem,))
    sizes = [file.size for file in chosen if file.size is not None]
    if len(sizes) < len(chosen):
        raise NoAnswerError("malformed", "the hub lists weights without their size")
    found = sum(sizes)
    said = f"{_gb(found)} GB in {len(chosen)} safetensors file{'s' if len(chosen) > 1 else ''}"
    if need.weight_bytes is None:
        said += "; not compared: the plan does not know the size"
        return Finding(check="hub-weights", subject=subject, said=said)
    off = found / need.weight_bytes - 1
    said += f", {off:+.1%} against the plan's {_gb(need.weight_bytes)} GB"
    if abs(off) <= _TOLERANCE:
        return Finding(check="hub-weights", subject=subject, said=said)
    problem = Problem(
        path=need.path,
        code="weights-differ",
        got=said,
        allowed=f"within {_TOLERANCE:.0%} of the plan",
        fixes=("give the config.json and the safetensors index of this revision (model.config)",),
        severity="warning",
    )
    return Finding(check="hub-weights", subject=subject, said=said, problems=(problem,))


def _checkpoint(files: Sequence[File]) -> list[File]:
    """What engines load: `model.safetensors`, else its shards, else all at the top.

    Repositories may hold the same weights twice, such as `consolidated.safetensors` or `original/`.
    """
    top = [
        file
        for file in files
        if file.rfilename.endswith(".safetensors") and "/" not in file.rfilename
    ]
    single = [file for file in top if file.rfilename == "model.safetensors"]
    shards = [file for file in top if file.rfilename.startswith("model-")]
    return single or shards or top


def _none(need: ModelNeeds, files: Sequence[File]) -> Problem:
    pickles = [file.rfilename for file in files if file.rfilename.endswith(_PICKLES)]
    return Problem(
        path=need.path,
        code="pickle-only" if pickles else "no-safetensors",
        got=f"weights only as {pickles[0]}" if pickles else "no safetensors file",
        allowed="safetensors: other formats can run code",
        fixes=("take a revision or another repository that has safetensors",),
    )


def _gb(count: int) -> str:
    return f"{count / 1e9:.2f}"
