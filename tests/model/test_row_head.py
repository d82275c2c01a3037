"""The rewritten head against the model builder's own, run by ONNX Runtime."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from images.onnx.model.environment import ensure_environment

PROGRAM = Path(__file__).parents[1] / "support" / "row_head_figures.py"


def run(folder: Path, bits: int) -> subprocess.CompletedProcess[str]:
    command = [str(ensure_environment(print)), str(PROGRAM), str(folder), str(bits)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_the_rewritten_head_says_the_same_and_a_row_does_not_depend_on_its_batch(
    tmp_path: Path,
) -> None:
    done = run(tmp_path, 8)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["logits"] < 0.01, "8 bits on both sides; sums that overflow are far off"
    assert figures["embeddings"] < 0.01, "the tied table reads the new codes"
    assert figures["batch_changes_nothing"]
    assert figures["files"] == 2, "model.onnx and its data, nothing left beside them"


def test_a_head_of_four_bits_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path, 4)
    assert "ValueError: the model builder wrote no plain 8-bit head" in done.stderr
