"""What the AWS of the tests believes, against the pinned SDK and its documentation."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator

import pytest

from tests.support.aws_provider import schema
from tests.support.aws_provider.changes import changes
from tests.support.aws_provider.conditions import CONDITIONS
from tests.support.aws_provider.row import Row, rows
from tests.support.pulumi_stack import ROOT

# What the documentation of a property says where a change of it makes another object.
_REPLACES = re.compile(
    r"forces? (?:the creation of )?(?:a )?new|will force (?:new|re-?creation|resource recreation)"
    r"|forces? replacement|will be re-?created|must be re-?created|forces recreation",
    re.IGNORECASE,
)
_MADE_BY_PROGRAMS = sorted(token for token, row in rows().items() if row.terraform)


@pytest.mark.parametrize("token", _MADE_BY_PROGRAMS)
def test_a_row_names_properties_that_the_sdk_has(token: str) -> None:
    row = rows()[token]
    inputs, outputs = schema.inputs(token).types, schema.outputs(token)
    named = {*row.unique, *filter(None, (row.name, row.emptied, row.protected))}
    assert named <= inputs.keys()
    assert row.outputs.keys() | set(row.increments) <= outputs
    for path in _paths(row):
        head, *rest = path.split(".")
        assert head in inputs, path
        assert not rest or rest == ["*"] or schema.nested_class(inputs[head]), path


@pytest.mark.parametrize("token", _MADE_BY_PROGRAMS)
def test_what_the_documentation_calls_a_replacement_is_one(token: str) -> None:
    found = {
        name
        for name, text in _documented(token).items()
        if _REPLACES.search(text) and (token, name) not in CONDITIONS
    }
    replacing = {path.partition(".")[0] for path in changes()[token].replace}
    assert found - replacing == set()


def test_the_documentation_is_read_at_all() -> None:
    found = {
        (token, name)
        for token in _MADE_BY_PROGRAMS
        for name, text in _documented(token).items()
        if _REPLACES.search(text)
    }
    assert ("aws:eks/cluster:Cluster", "bootstrapSelfManagedAddons") in found


def test_every_reference_leads_to_a_row() -> None:
    assert {each.to for row in rows().values() for each in row.references} <= rows().keys()
    assert {each.type for row in rows().values() for each in row.makes} <= rows().keys()


def test_every_type_that_components_declare_has_a_row() -> None:
    missing = {
        f"{module}.{name}"
        for module, name in _declared()
        if not any(schema.resource_class(token).__name__ == name for token in _MADE_BY_PROGRAMS)
    }
    assert missing == set()


def _paths(row: Row) -> Iterator[str]:
    for reference in row.references:
        if reference.path and not reference.path.startswith("_"):
            yield reference.path
    for made in row.makes:
        yield from filter(None, (made.each, made.when))


def _documented(token: str) -> dict[str, str]:
    """What the SDK says of each input, by its name in the SDK's schema."""
    cls = schema.arguments_class(token)
    names = schema.names(cls)
    return {
        names[name]: inspect.getdoc(member) or ""
        for name, member in inspect.getmembers(cls, lambda each: isinstance(each, property))
    }


def _declared() -> Iterator[tuple[str, str]]:
    """Module and class of each AWS resource that a component makes."""
    for path in sorted((ROOT / "components" / "aws").rglob("*.py")):
        tree = ast.parse(path.read_text())
        modules = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "pulumi_aws"
            for alias in node.names
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id in modules
                and re.fullmatch(r"[A-Z]\w+(?<!Args)", node.func.attr)
            ):
                yield node.func.value.id, node.func.attr
