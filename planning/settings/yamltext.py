"""YAML as Pulumi reads it (core schema), with repeated keys noticed."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

import yaml


class RepeatedKey(yaml.YAMLError):
    """The same key twice in one mapping: YAML readers keep one of them silently."""

    def __init__(self, key: str, line: int) -> None:
        super().__init__(f"the key {key} stands twice")
        self.key = key
        self.line = line


class CoreLoader(yaml.SafeLoader):
    """Safe, and without YAML 1.1's surprises: `no`, `1:30` and dates stay text."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key, _ in node.value:
            if key.tag != "tag:yaml.org,2002:merge" and isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise RepeatedKey(key.value, key.start_mark.line + 1)
                seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def _core(tag: str, pattern: str, first: str) -> None:
    CoreLoader.add_implicit_resolver(  # pyright: ignore[reportUnknownMemberType]
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first)
    )


_core("bool", "true|True|TRUE|false|False|FALSE", "tTfF")
_core("int", "[-+]?(?:0|[1-9][0-9]*)|0x[0-9a-fA-F]+", "-+0123456789")
_core("float", r"[-+]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)(?:[eE][-+]?[0-9]+)?", "-+.0123456789")
_core("null", "~|null|Null|NULL|", "~nN\0")
_core("merge", "<<", "<")
CoreLoader.yaml_implicit_resolvers[""] = CoreLoader.yaml_implicit_resolvers.pop("\0")
