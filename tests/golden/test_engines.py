"""What runs in an engine's container, for every setting of every engine."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import yaml

from planning.cluster.container import container_of
from tests.support.golden import assert_golden
from tests.support.rendered_engines import CASES

FOLDER = Path(__file__).parent / "engines"


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_replica_renders_to_its_container(name: str, pytestconfig: pytest.Config) -> None:
    values = dataclasses.asdict(container_of(CASES[name]))
    text = yaml.dump(_plain(values), Dumper=_Blocks, sort_keys=False, width=100)
    assert_golden(pytestconfig, FOLDER / f"{name}.yaml", text)


def test_no_golden_is_left_over() -> None:
    assert {file.stem for file in FOLDER.glob("*.yaml")} == set(CASES)


class _Blocks(yaml.SafeDumper):
    """Files as blocks of lines, so that a difference can be read."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Blocks.add_representer(str, _text)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, tuple | list) else value
