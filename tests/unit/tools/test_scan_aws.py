"""Every hardening that is taken back in one resource of AWS is found by checkov or a named rule."""

from __future__ import annotations

import json

from tests.support.aws_flips import flipped, of_component
from tools.scan import aws
from tools.scan.exceptions import Finding, excepted
from tools.scan.plan_shape import plan

ROWS = json.loads((aws.FOLDER / "every-component.json").read_text())


def test_at_least_95_of_100_flips_are_found() -> None:
    flips = {name: (component, plan(rows)) for name, component, rows in flipped(ROWS)}
    assert len(flips) >= 60
    unseen = flips.keys() - _named(aws.by_rules({name: flips[name][1] for name in flips}))
    # Components as they are, beside them: what is found in these is no find.
    components = {flips[name][0] for name in unseen}
    bases = {f"all of {one}": plan(of_component(ROWS, one)) for one in components}
    named = _named(aws.by_checkov({**bases, **{name: flips[name][1] for name in unseen}}))
    assert not bases.keys() & named
    unseen -= named
    assert len(unseen) <= 0.05 * len(flips), unseen


def test_our_own_rules_find_nothing_where_nothing_is_flipped() -> None:
    assert aws.by_rules({"whole": plan(ROWS)}) == []


def _named(findings: list[Finding]) -> set[str]:
    kept = excepted(aws.EXCEPTIONS)
    found = [finding for finding in findings if finding.check not in kept]
    return {finding.where.partition(": ")[0].removesuffix(".json") for finding in found}


def test_what_names_another_resource_is_a_reference_to_it() -> None:
    configured = plan(ROWS)["configuration"]["root_module"]["resources"]
    (private,) = [one for one in configured if one["type"] == "aws_s3_bucket_public_access_block"]
    assert "aws_s3_bucket.weights-bucket" in private["expressions"]["bucket"]["references"]


def test_names_and_blocks_are_those_of_the_provider_that_pulumis_is_made_from() -> None:
    resources = plan(ROWS)["planned_values"]["root_module"]["resources"]
    kinds = {resource["type"]: resource["values"] for resource in resources}
    assert kinds["aws_eks_cluster"]["vpc_config"][0]["endpoint_private_access"] is True
    assert kinds["aws_launch_template"]["block_device_mappings"][0]["ebs"][0]["volume_type"]
    assert "rule" in kinds["aws_wafv2_web_acl"]
