"""Where a model comes from, pinned so that it can never change silently."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Literal, Self

from planning.settings.units import Unit

_PACKAGE = re.compile(
    r"package:(?P<package>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[0-9][A-Za-z0-9.!+]*)"
    r"/(?P<file>[A-Za-z0-9][A-Za-z0-9._/-]*)"
)
_HUB = re.compile(r"hf:(?P<repo>[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)@(?P<revision>[0-9a-f]{40})")
_FILE = re.compile(r"file:(?P<file>[^\x00-\x1f]+)")
_READ = (".gguf", ".safetensors", ".onnx")
_PLANNED = ("s3", "oci")


@dataclass(frozen=True)
class ModelSource(Unit):
    """One of three pinned places: the model hub, a wheel, or this machine."""

    text: str
    kind: Literal["package", "hf", "file"]
    stem: str
    """The last part of the source without version and suffix: the default served name."""

    written = (
        "hf:<org>/<name>@<40-hex revision>, package:<pypi name>==<version>/<file>, or file:<path>"
    )
    schema: ClassVar = {
        "type": "string",
        "pattern": re.sub(r"\?P<\w+>", "?:", rf"^({_PACKAGE.pattern}|{_HUB.pattern}|file:.+)$"),
    }

    @classmethod
    def parse(cls, value: object) -> Self:
        if not isinstance(value, str):
            raise cls.refuse()
        if found := _HUB.fullmatch(value):
            return cls(value, "hf", found["repo"].partition("/")[2])
        if found := _PACKAGE.fullmatch(value):
            return cls(value, "package", cls._file(found["file"], relative=True))
        if found := _FILE.fullmatch(value):
            return cls(value, "file", cls._file(found["file"], relative=False))
        raise cls.refuse(*_hints(value))

    @classmethod
    def _file(cls, path: str, *, relative: bool) -> str:
        name = path.rstrip("/").rpartition("/")[2]
        stem, dot, suffix = name.rpartition(".")
        folder = not relative and (not dot or suffix.lower() not in _UNREAD)
        if relative and ".." in path.split("/"):
            raise cls.refuse("name a file inside the package, without ..")
        if dot and f".{suffix.lower()}" in _READ:
            return stem
        if not folder:
            raise cls.refuse(f"name a {', '.join(_READ)} file; other formats can run code")
        return name

    def __str__(self) -> str:
        return self.text


# Formats that people try and that must not be opened: pickles, archives, other runtimes' files.
_UNREAD = frozenset({"bin", "pt", "pth", "pkl", "ckpt", "h5", "pb", "tflite", "zip", "tar", "gz"})


def _hints(value: str) -> tuple[str, ...]:
    scheme, colon, rest = value.partition(":")
    match scheme:
        case "hf" if "@" not in rest:
            return ("add @ and the commit's 40 hex digits (model page, Files, History)",)
        case "hf":
            return ("after @ write the commit's 40 hex digits, not a branch or tag",)
        case "package" if "==" not in rest:
            return ("pin the version: package:<name>==<version>/<file>",)
        case "package" if "/" not in rest:
            return ("name the file in the wheel: package:<name>==<version>/<file>",)
        case "http" | "https":
            return ("download it and write file:<path>, or name the hub model with hf:",)
        case _ if colon and scheme in _PLANNED:
            return (f"{scheme}: sources come in a later release; use hf:, package: or file:",)
        case _ if not colon and value.startswith((".", "/", "~")):
            return ("write file: before the path",)
        case _ if not colon and re.fullmatch(r"[\w.-]+/[\w.-]+", value):
            return (f"write hf:{value}@<40-hex revision>",)
        case _:
            return ("name one of the three places",)
