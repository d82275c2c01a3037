"""YAML as Pulumi reads it (core schema), with repeated keys noticed."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any, ClassVar

import yaml


class CoreLoader(yaml.SafeLoader):
    """Safe, and without YAML 1.1's surprises: `no`, `1:30` and dates stay text."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # pyright: ignore[reportIncompatibleVariableOverride]

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.repeated: list[tuple[str, int]] = []
        """Keys that stand twice in one mapping, with the line of the second."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        # Readers keep one of two equal keys silently; the other would be ignored.
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:merge":
                if key.value in seen:
                    self.repeated.append((key.value, key.start_mark.line + 1))
                seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def _core(tag: str, pattern: str, first: str) -> None:
    CoreLoader.add_implicit_resolver(  # pyright: ignore[reportUnknownMemberType]
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first)
    )


_core("bool", "true|True|TRUE|false|False|FALSE", "tTfF")
# Longer numbers stay text: no setting is that large, and Python refuses to read them.
_core("int", "[-+]?(?:0|[1-9][0-9]{0,18})|0x[0-9a-fA-F]{1,15}", "-+0123456789")
_core(
    "float",
    r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan",
    "-+.0123456789",
)
_core("null", "~|null|Null|NULL", "~nN")
CoreLoader.yaml_implicit_resolvers[""] = [("tag:yaml.org,2002:null", re.compile("^$"))]
_core("merge", "<<", "<")
