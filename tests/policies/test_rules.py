"""Each rule through the real engine: what it refuses, beside what it lets pass."""

from __future__ import annotations

import pytest

from tests.policies.conftest import Judged

# Resource -> part of what is said of it; all others of the program pass.
_REFUSED = {
    "gpu-pool-maximum": {"bad-pool": "no spec.limits"},
    "image-by-digest": {
        "bad-gateway": "container gateway has the image registry.example.com/engine:v1",
        "bad-endpoint": "the endpoint has the image vllm/vllm-openai:v0.23.0",
    },
    "public-endpoint-asks": {"bad-endpoint": "type is public"},
    "public-entrance-asks": {"bad-entrance": "no pod behind it was seen to ask"},
    "imdsv2": {
        "bad-template": "metadataOptions.httpTokens is optional",
        "bad-template-by-default": "metadataOptions.httpTokens is not set",
    },
    "no-wildcard-iam": {
        "bad-all": "policy allows s3:*",
        "bad-everywhere": "s3:GetObject on every resource",
        "bad-role": "assumeRolePolicy allows it to everybody",
        "bad-admin": "policyArn is AdministratorAccess",
    },
    "tagged": {"bad-queue": "has no tags"},
    "production-data-protected": {"bad-bucket": "holds data of dev and is not protected"},
    "budget": {"program-dev": "a month, "},
}


@pytest.mark.parametrize("rule", _REFUSED)
def test_a_rule_refuses_what_it_is_about_by_name_and_nothing_beside(
    refused: Judged, rule: str
) -> None:
    found = refused.by(rule)
    assert found.keys() == _REFUSED[rule].keys()
    for name, part in _REFUSED[rule].items():
        assert any(part in message for message in found[name]), found[name]


def test_what_is_refused_stops_the_preview(refused: Judged) -> None:
    assert refused.outcome.code
    assert {one.level for one in refused.violations if one.rule in _REFUSED} == {"mandatory"}
    assert {one.rule for one in refused.violations} - {"budget-unchecked"} == _REFUSED.keys()


def test_parts_without_a_price_are_told_of_and_stop_nothing(refused: Judged) -> None:
    (told,) = [one for one in refused.violations if one.rule == "budget-unchecked"]
    assert told.level == "advisory"
    # Two pools that nothing bounds, and three load balancers that a cluster makes.
    assert "while 5 parts have no known price at most" in told.message


def test_data_that_goes_with_its_bucket_is_refused_for_that_too(refused: Judged) -> None:
    assert any(
        "forceDestroy" in one for one in refused.by("production-data-protected")["bad-bucket"]
    )


def test_an_increase_over_a_preview_of_before_is_held(refused: Judged) -> None:
    (increase,) = [one for one in refused.by("budget")["program-dev"] if "maxIncrease" in one]
    assert "at most $100 more than the $0.00 of now" in increase
