"""Rules against what this project itself declares, and tables against their source."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from pulumi_policy import PolicyResourceOptions, ResourceValidationArgs
from pulumi_policy.policy import PolicyCustomTimeouts

from policies import gpu_pool, image_digest, imds, protection, public_endpoint, tags, wildcard_iam
from tests.support.aws_whole import whole
from tests.support.eks_stack import PRESETS, preset_stack

_RULES = (
    gpu_pool.POLICY,
    image_digest.POLICY,
    imds.POLICY,
    public_endpoint.POLICY,
    tags.POLICY,
    wildcard_iam.POLICY,
    protection.POLICY,
)


def _said(resources: Iterable[Mapping[str, Any]], stack: str = "prod") -> list[str]:
    found: list[str] = []
    for one in resources:
        args = ResourceValidationArgs(
            resource_type=one["type"],
            props=one["inputs"],
            urn=f"urn:pulumi:{stack}::test::{one['type']}::{one['name']}",
            name=one["name"],
            opts=PolicyResourceOptions(
                one["protect"], [], None, [], PolicyCustomTimeouts(0, 0, 0), []
            ),
            provider=None,
        )
        for rule in _RULES:
            rule.validate(args, lambda message, _: found.append(message))
    return found


def test_every_component_of_aws_in_a_protected_stack_passes_every_rule() -> None:
    rows = whole()
    assert len(rows) > 100
    assert _said(rows) == []


@pytest.mark.parametrize("name", PRESETS)
def test_a_whole_preset_of_eks_is_refused_only_for_images_that_have_no_digest_yet(
    name: str,
) -> None:
    rows = [vars(one) for one in preset_stack(name).resources]
    assert [one for one in _said(rows, "dev") if "write `…@sha256:…`" not in one] == []


@pytest.mark.parametrize(
    ("kind", "inputs", "said"),
    [
        ("aws:lambda/functionUrl:FunctionUrl", {"authorizationType": "NONE"}, "is NONE"),
        ("aws:lambda/functionUrl:FunctionUrl", {"authorizationType": "AWS_IAM"}, None),
        ("aws:apigatewayv2/route:Route", {}, "authorizationType is not set"),
        ("aws:apigatewayv2/route:Route", {"authorizationType": "JWT"}, None),
        ("aws:rds/instance:Instance", {"tags": {"a": "b"}}, "is not protected"),
        ("aws:rds/instance:Instance", {"tags": {"a": "b"}, "deletionProtection": True}, None),
    ],
)
def test_types_that_no_program_of_ours_has_are_judged_by_their_own_inputs(
    kind: str, inputs: Mapping[str, Any], said: str | None
) -> None:
    found = _said([{"type": kind, "inputs": inputs, "name": "one", "protect": False}])
    assert (said is None) == (found == [])
    assert said is None or any(said in one for one in found)


def test_the_table_of_what_takes_tags_is_what_the_sdk_says() -> None:
    spec = importlib.util.find_spec("pulumi_aws")
    if spec is None or spec.origin is None:
        pytest.skip("no SDK of AWS here")
    token = re.compile(r"super\(\w+, __self__\)\.__init__\(\s*'(aws:[^']+)'")
    texts = (file.read_text() for file in Path(spec.origin).parent.glob("*/*.py"))
    tagged = [token.search(text) for text in texts if "tags_all" in text]
    assert tags.taggable() == {one[1] for one in tagged if one}
