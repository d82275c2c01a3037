"""Incremental detokenisation against the real tokenizer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from images.onnx.server.detokenizer import Detokenizer


@pytest.fixture(scope="session")
def tokenizer(model_dir: Path) -> Tokenizer:
    return Tokenizer.from_file(str(model_dir / "tokenizer.json"))


def deltas(tokenizer: Tokenizer, ids: list[int]) -> list[str]:
    detokenizer = Detokenizer(tokenizer.decode)
    return [*(detokenizer.push(token) for token in ids), detokenizer.flush()]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_deltas_of_any_tokens_join_to_the_full_decode(
    tokenizer: Tokenizer, data: st.DataObject
) -> None:
    ids = data.draw(st.lists(st.integers(0, tokenizer.get_vocab_size() - 1), max_size=40))
    assert "".join(deltas(tokenizer, ids)) == tokenizer.decode(ids)


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=60))
def test_deltas_of_any_text_join_to_that_text(tokenizer: Tokenizer, text: str) -> None:
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    assert "".join(deltas(tokenizer, ids)) == tokenizer.decode(ids)


def test_a_character_of_several_tokens_appears_once_and_whole(tokenizer: Tokenizer) -> None:
    ids = tokenizer.encode("𓀀 é 漢 👩‍🚀", add_special_tokens=False).ids
    parts = deltas(tokenizer, ids)
    assert len(ids) > len("𓀀 é 漢 👩‍🚀"), "the text must need tokens that are parts of characters"
    assert "".join(parts) == "𓀀 é 漢 👩‍🚀"
    assert not any("\ufffd" in part for part in parts)


def test_an_answer_cut_inside_a_character_shows_the_replacement_character(
    tokenizer: Tokenizer,
) -> None:
    ids = tokenizer.encode("x𓀀", add_special_tokens=False).ids[:-1]
    assert "".join(deltas(tokenizer, ids)) == tokenizer.decode(ids)
    assert deltas(tokenizer, ids)[-1].endswith("\ufffd")
