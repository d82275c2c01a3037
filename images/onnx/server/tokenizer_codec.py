"""The model's tokenizer and chat template."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

from .chat_template import ChatTemplate
from .model_files import ModelConfig, read_chat_template, read_special_tokens


class TokenizerCodec:
    """tokenizer.json through the `tokenizers` library; calls release the GIL."""

    def __init__(self, directory: Path, config: ModelConfig):
        self.vocab_size = config.vocab_size
        self.end_ids = config.end_ids
        self._tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._template = ChatTemplate(read_chat_template(directory), read_special_tokens(directory))

    def encode_text(self, text: str) -> list[int]:
        return self._tokenizer.encode(text).ids

    def encode_chat(self, messages: Sequence[dict[str, str]]) -> list[int]:
        """The template writes the special tokens, so none are added."""
        return self._tokenizer.encode(self._template.render(messages), add_special_tokens=False).ids

    def decode(self, ids: Sequence[int]) -> str:
        return self._tokenizer.decode(ids, skip_special_tokens=True)
