"""How properties change, read from the source of the provider that pulumi-aws is made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.aws_provider.go_literals import body, entries, without_comments

_SCHEMAS = re.compile(r"map\[string\]\*schema\.Schema\{|map\[string\]schema\.(?:Attribute|Block)\{")
_CONSTANT = re.compile(r'(\w+)\s*(?:=|string\s*=)\s*"([^"]+)"')


@dataclass
class Kinds:
    """Paths of properties as the provider names them: `launch_template.id`."""

    replace: list[str] = field(default_factory=list[str])
    """A change makes another object."""
    computed: list[str] = field(default_factory=list[str])
    """Left out, AWS's own value stays: no change."""
    sets: list[str] = field(default_factory=list[str])
    """The order of the values means nothing."""


@dataclass(frozen=True)
class ProviderSource:
    folder: Path

    def kinds(self, terraform: str) -> Kinds:
        """Of a type such as `aws_subnet`. Raises LookupError."""
        found = Kinds()
        path = self._file(terraform)
        constants = self._constants(path.parent)
        for schema in _schemas(path, terraform):
            _read(schema, "", constants, found)
        return found

    def _file(self, terraform: str) -> Path:
        for path in sorted((self.folder / "internal" / "service").rglob("*.go")):
            if _mark(terraform).search(path.read_text()):
                return path
        raise LookupError(f"the provider has no {terraform}")

    def _constants(self, package: Path) -> dict[str, str]:
        """Names of properties that the package's source can use for their texts."""
        common = (self.folder / "names" / "attr_consts_gen.go").read_text()
        found = {f"names.{name}": text for name, text in _CONSTANT.findall(common)}
        for path in package.glob("*.go"):
            found |= dict(_CONSTANT.findall(path.read_text()))
        return found


def _mark(terraform: str) -> re.Pattern[str]:
    return re.compile(rf'@(?:SDK|Framework)Resource\("{terraform}"')


def _schemas(path: Path, terraform: str) -> Iterator[str]:
    """The bodies of the outermost schema maps behind the type's annotation."""
    raw = path.read_text()
    annotation = _mark(terraform).search(raw)
    assert annotation is not None
    source = without_comments(raw[annotation.end() :])
    shared = re.search(r"maps\.Clone\((\w+)\)", source.partition("\n}")[0])
    if "Framework" in annotation[0]:
        yield from _framework(source, path.parent)
    elif shared:
        source = without_comments(raw)
        yield next(_schema_bodies(source[source.index(f"{shared[1]} = ") :]))
    else:
        yield next(_schema_bodies(source))


def _framework(source: str, folder: Path) -> Iterator[str]:
    """Attributes and blocks that the type's method `Schema` gives, or the type that it embeds."""
    if " Schema(" not in source:
        embedded = re.search(r"struct \{\s+(\w+)\s+\}", source)
        assert embedded is not None
        method = f"func (r *{embedded[1]}) Schema("
        files = (each.read_text() for each in sorted(folder.glob("*.go")))
        source = without_comments(next(each for each in files if method in each))
        source = source[source.index(method) :]
    return _schema_bodies(source[source.index(" Schema(") :].partition("\n}")[0])


def _schema_bodies(source: str) -> Iterator[str]:
    """The maps of properties in the source, without those inside of others."""
    position = 0
    while found := _SCHEMAS.search(source, position):
        content = body(source, found.end() - 1)
        yield content
        position = found.end() + len(content)


def _read(content: str, path: str, constants: dict[str, str], found: Kinds) -> None:
    for key, value in entries(content):
        name = path + (key.strip('"') if key.startswith('"') else constants[key])
        if "{" not in value:
            continue
        facts = dict(entries(body(value, 0)))
        if facts.get("ForceNew") == "true" or "RequiresReplace()" in facts.get("PlanModifiers", ""):
            found.replace.append(name)
        if "true" == facts.get("Computed") == facts.get("Optional"):
            found.computed.append(name)
        if facts.get("Type") == "schema.TypeSet" or re.match(r"schema\.Set\w+", value):
            found.sets.append(name)
        for inner in _schema_bodies(facts.get("Elem", "") + facts.get("NestedObject", "")):
            _read(inner, f"{name}.", constants, found)
