"""How a property changes on an object that stands: `changes.yaml`, and how that is made.

`python -m tests.support.aws_provider.changes` writes it again from the provider's source.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec
import yaml

from tests.support.aws_provider import schema
from tests.support.aws_provider.provider_source import ProviderSource
from tests.support.aws_provider.row import rows

# The newest commit that the Go module proxy has: release 6.47.1. pulumi-aws 7.51.1 was made from a
# later one of the same major version; what its own documentation says is compared in a test.
MODULE = "github.com/hashicorp/terraform-provider-aws@v1.60.1-0.20260602190131-5f2286d6d836"
FILE = Path(__file__).parent / "changes.yaml"
_HEAD = f"""\
# Made by `python -m tests.support.aws_provider.changes` from {MODULE}:
# replace: a change makes another object. computed: left out, AWS's own value stays. sets: the order
# means nothing.
"""


class Changes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Paths of inputs: `launchTemplate.id`."""

    replace: tuple[str, ...] = ()
    computed: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()


@cache
def changes() -> dict[str, Changes]:
    return msgspec.convert(yaml.safe_load(FILE.read_text()), dict[str, Changes])


def made(source: ProviderSource) -> str:
    """The file as the source says."""
    lines: list[str] = []
    for token, row in sorted(rows().items()):
        if not row.terraform:
            continue
        kinds = source.kinds(row.terraform)
        lines.append(f"{token}:")
        for name in ("replace", "computed", "sets"):
            found = {_path(token, each) for each in getattr(kinds, name)} - {""}
            if name == "computed":
                found = {each for each in found if "." not in each}
            if name == "replace" and "region" in schema.inputs(token).types:
                found.add("region")  # added to every regional type when the provider starts
            if found:
                lines.append(f"  {name}: [{', '.join(sorted(found))}]")
    return _HEAD + "\n".join(lines) + "\n"


def fetched(cache_folder: Path) -> ProviderSource:
    """The source by Go's own client, unpacked below `cache_folder` (0.4 GB)."""
    finished = subprocess.run(
        ["go", "mod", "download", "-json", MODULE],
        cwd=cache_folder,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(Path.home()),
            "GOMODCACHE": str(cache_folder),
            "GOFLAGS": "-modcacherw",
            "GONOSUMDB": "github.com/hashicorp/*",
        },
        check=True,
        capture_output=True,
        text=True,
    )
    return ProviderSource(Path(json.loads(finished.stdout)["Dir"]))


def _path(token: str, terraform: str) -> str:
    """The SDK's name of a provider's path; empty where the SDK has no such input."""
    known, found = schema.inputs(token), []
    for part in terraform.split("."):
        camel = re.sub(r"_(\w)", lambda letter: letter[1].upper(), part)
        name = next((each for each in _spellings(camel) if each in known.types), None)
        if name is None:
            return ""
        found.append(name)
        inner = schema.nested_class(known.types[name])
        known = schema.fields(inner) if inner else schema.Fields({}, frozenset())
    return ".".join(found)


def _spellings(name: str) -> Sequence[str]:
    """Lists of objects are plural in the SDK."""
    plural = name[:-1] + "ies" if name.endswith("y") else name + "s"
    return (name, plural, name + "es")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        FILE.write_text(made(fetched(Path(folder))))
