"""Only one module reads Pulumi's configuration: settings are parsed and checked in one place."""

from __future__ import annotations

import ast

READER = "stacks/config.py"


def config_readers(file: str, text: str) -> list[str]:
    """Lines of `file` that reach for the configuration though `file` is not the one reader."""
    if file == READER or file.startswith("tests/") or "pulumi" not in text:
        return []
    lines = sorted({line for node in ast.walk(ast.parse(text)) for line in _reads(node)})
    return [f"{file}:{line}: Pulumi's configuration is read in {READER} only" for line in lines]


def _reads(node: ast.AST) -> list[int]:
    match node:
        case ast.Attribute(value=ast.Name(id="pulumi"), attr="Config"):
            return [node.lineno]
        case ast.Attribute(attr="get_config_env"):
            return [node.lineno]
        case ast.ImportFrom(module=str(module), names=names) if module.split(".")[0] == "pulumi":
            return [node.lineno for alias in names if alias.name == "Config"]
        case _:
            return []
