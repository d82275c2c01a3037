"""The fixed texts on which an artefact is compared with its unquantised source."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MIN_PROMPTS = 64
MAX_TOKENS = 64
MIN_TOKENS = 16


def load_prompts(path: Path) -> list[str]:
    """Texts of a file in which a line `%% <kind>` starts each one."""
    texts = re.split(r"^%% .*\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    prompts = [text.strip() for text in texts]
    if len(prompts) < MIN_PROMPTS:
        raise ValueError(f"{path} holds {len(prompts)} prompts; the check needs {MIN_PROMPTS}")
    return prompts


def token_matrix(tokenizer_file: Path, prompts: list[str]) -> NDArray[np.int64]:
    """Token ids [prompts, tokens], all cut to the length of the shortest text.

    Equal lengths keep padding out of the comparison; padding is the server's matter.
    """
    from tokenizers import Tokenizer

    tokenizer: Any = Tokenizer.from_file(str(tokenizer_file))
    rows: list[list[int]] = [tokenizer.encode(prompt).ids for prompt in prompts]
    length = min(MAX_TOKENS, *(len(row) for row in rows))
    if length < MIN_TOKENS:
        raise ValueError(f"the shortest prompt has {length} tokens; {MIN_TOKENS} are needed")
    return np.array([row[:length] for row in rows], dtype=np.int64)


def prefill_length(tokens: int) -> int:
    """Tokens given as a prompt; the others are predicted one by one, as when serving."""
    return tokens // 2
