"""One object of every type that components can make, small: `resources.yaml` as a program.

Without the typed SDK, whose imports would be most of what a run takes: the sweep of kills runs it
many hundred times. The provider checks each property against that SDK.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pulumi
import yaml

from components.aws.tags import tags_of

_REFERENCE = re.compile(r"\$\{([\w-]+)\.(\w+)\}")
_STACK = {"slipway.dev/project": "every", "slipway.dev/stack": "dev"}
_OUTPUTS = ("arn", "url", "name", "latestVersion", "defaultSecurityGroupId")

rows: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("resources.yaml").open())
edited = pulumi.Config("every").get_bool("edited")
made: dict[str, pulumi.CustomResource] = {}


def resource(name: str) -> pulumi.CustomResource:
    """The resource of this row, made once; what it names is made before it."""
    if name not in made:
        row = rows[name]
        inputs = {**row.get("inputs", {}), **(row.get("edited", {}) if edited else {})}
        properties = {**dict.fromkeys(_OUTPUTS), **resolved(inputs)}
        if row.get("tagged", True):
            edit = {"edited": "yes"} if edited else {}
            properties["tags"] = tags_of({**_STACK, **edit}, name)
        after = [resource(each) for each in row.get("after", ())]
        made[name] = pulumi.CustomResource(
            row["type"], name, properties, pulumi.ResourceOptions(depends_on=after)
        )
    return made[name]


def resolved(value: Any) -> Any:
    """The value with outputs in the place of `${row.property}`."""
    if isinstance(value, dict):
        return {key: resolved(each) for key, each in value.items()}
    if isinstance(value, list):
        return [resolved(each) for each in value]
    if not isinstance(value, str) or "${" not in value:
        return value
    parts = _REFERENCE.split(value)
    texts, names, properties = parts[::3], parts[1::3], parts[2::3]
    found = [
        getattr(resource(one), of).apply(lambda got: f"{got:g}" if isinstance(got, float) else got)
        for one, of in zip(names, properties, strict=True)
    ]
    between = zip(texts, [*found, ""], strict=True)
    return pulumi.Output.concat(*(part for pair in between for part in pair))


for each in rows:
    resource(each)
