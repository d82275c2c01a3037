"""Values with units are parsed to exact numbers and written back the same."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from planning.settings.address import Address
from planning.settings.keysource import KeySource
from planning.settings.scaling import Replicas
from planning.settings.source import ModelSource
from planning.settings.units import Duration, Memory, Money, Unit


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Duration, "5m", Duration(300_000)),
        (Duration, "250ms", Duration(250)),
        (Duration, "0s", Duration(0)),
        (Memory, "16Gi", Memory(16 << 30)),
        (Memory, "512Ki", Memory(512 << 10)),
        (Money, "$500", Money(50_000)),
        (Money, "$49.90", Money(4_990)),
        (Replicas, "0..4", Replicas(0, 4)),
        (Address, "::1", Address("::1")),
        (KeySource, "env:A_KEY", KeySource("env", "A_KEY")),
    ],
)
def test_a_value_is_read_and_shown_as_written(kind: type[Unit], text: str, value: Unit) -> None:
    assert kind.parse(text) == value
    assert str(value) == text


def test_larger_units_are_used_where_they_are_whole() -> None:
    assert str(Duration.parse("90s")) == "90s"
    assert str(Duration.parse("3600s")) == "1h"
    assert str(Memory.parse("2048Mi")) == "2Gi"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Duration, 5),
        (Duration, True),
        (Duration, "5"),
        (Duration, "٥m"),  # a digit, but not one of ours
        (Memory, "16GB"),
        (Memory, 1024),
        (Money, "500"),
        (Money, "$1.5"),
        (Replicas, 0),
        (Replicas, True),
        (Replicas, "4..1"),
        (Address, "127.1"),
        (Address, "fe80::1%eth0"),
        (KeySource, "sk-abcdef"),
        (ModelSource, "hf:org/name@main"),
        (ModelSource, "package:a==1/../b.gguf"),
        (ModelSource, "file:model.pt"),
        (ModelSource, "file:a\nb.gguf"),
    ],
)
def test_anything_else_is_refused(kind: type[Unit], value: object) -> None:
    with pytest.raises(PydanticCustomError):
        kind.parse(value)


def test_a_source_names_the_model_by_its_last_part() -> None:
    revision = "a" * 40
    assert ModelSource.parse(f"hf:org/name@{revision}").stem == "name"
    assert ModelSource.parse("package:p==1.0/folder/tiny.Q4.gguf").stem == "tiny.Q4"
    assert ModelSource.parse("file:/models/folder/").stem == "folder"
    assert ModelSource.parse("file:/models/v1.5-folder").stem == "v1.5-folder"
