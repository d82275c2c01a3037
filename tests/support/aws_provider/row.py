"""What AWS does with a type of object, as data: `rows/*.yaml`, one row a type token."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

_ROWS = Path(__file__).parent / "rows"


class Reference(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A value that names another object."""

    to: str
    """Type token of that object."""
    path: str = ""
    """Where the value stands: `vpcConfig.subnetIds.*`."""
    value: str = ""
    """A template of the value, where several properties make it."""
    by: str = "id"
    """The property of the other object that is named."""
    missing: str = ""
    """The error where it does not exist; empty: AWS does not look."""
    blocks: str = ""
    """The error of deleting the other object while this one stands."""
    cascade: bool = False
    """Deleting the other object deletes this one."""
    copies: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    """Own property -> property of the other object that AWS takes over. `_` starts one that
    AWS knows and shows nobody."""
    foreign: str = ""
    """Values that start so belong to AWS itself and always exist."""


class Made(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An object that AWS makes beside this one, where there is none yet."""

    type: str
    id: str
    state: dict[str, Any]
    each: str = ""
    """One for each value at this path: `{item}` in the templates."""
    when: str = ""
    """Only where this path has a value that is not empty or false."""
    stays: bool = False
    """Left behind when this object is deleted."""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    label: str
    """As error messages of the provider name it."""
    service: str = ""
    terraform: str = ""
    """Type of the provider that the SDK is made from; empty: no program can make it here."""
    previewed: bool = False
    """A program can name it, and it can be previewed: how it lives is not known here."""
    calls: tuple[str, str, str, str] = ("", "", "", "")
    """API operations that create, read, update and delete."""
    id: str = ""
    name: str = ""
    """The property that gets a random name where the program gives none."""
    unique: tuple[str, ...] = ()
    """Properties that no two objects share together."""
    everywhere: bool = False
    """Unique over all regions, as for IAM and buckets."""
    taken: str = ""
    overwrites: str = ""
    """The property that, where true, puts over what is taken."""
    outputs: dict[str, Any] = {}
    """What AWS adds where the program says nothing: templates, nested as the properties are."""
    increments: tuple[str, ...] = ()
    """Numbers that each update raises."""
    references: tuple[Reference, ...] = ()
    makes: tuple[Made, ...] = ()
    contents: dict[str, str] = {}
    """Type of what it may hold -> error of deleting it while it holds some."""
    emptied: str = ""
    """The property that, where true, has the provider delete its contents first."""
    protected: str = ""
    """The property that, where true, refuses deletion."""


@cache
def rows() -> dict[str, Row]:
    found: dict[str, Row] = {}
    for path in sorted(_ROWS.glob("*.yaml")):
        content = yaml.safe_load(path.read_text())
        found |= msgspec.convert(content, dict[str, Row])
    return found


def row_of(token: str) -> Row:
    """Raises LookupError: a type without a row is refused by name, never accepted silently."""
    try:
        return rows()[token]
    except KeyError:
        raise LookupError(
            f"the AWS of the tests does not know {token}: add a row to "
            "tests/support/aws_provider/rows"
        ) from None
