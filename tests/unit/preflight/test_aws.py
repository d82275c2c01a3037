"""Quotas and offerings against EC2 by moto, over a socket, by the real client."""

from __future__ import annotations

import pytest

from operations.preflight import Needs
from planning.catalog import load_catalog
from tests.support.fake_aws import FakeAws, instances
from tests.support.preflight_world import G_SPOT, G, check, ec2, finding, pool, run_instances


def test_a_quota_with_room_is_ok_and_says_its_figures(aws: FakeAws) -> None:
    report = check(pool(nodes=3, surge=1))
    found = finding(report, "aws-quota")
    assert found.outcome == "ok"
    assert found.said == "quota 64, 0 in use by others, 16 needed ((3 + 1 surge) × 4)"
    assert finding(report, "aws-offering").outcome == "ok"
    assert report.exit_code == 0


def test_a_rolling_change_that_does_not_fit_is_refused_with_the_command_that_mends_it(
    aws: FakeAws,
) -> None:
    aws.quotas[G] = 16.0
    assert check(pool(nodes=4)).exit_code == 0
    report = check(pool(nodes=4, surge=1))
    (problem,) = report.problems
    assert (problem.code, problem.path) == ("quota-too-low", "slipway:aws")
    assert problem.got == "L-DB2E81BA is 16 in us-east-1, 0 of it in use by others"
    assert "--quota-code L-DB2E81BA --region us-east-1 --desired-value 20" in problem.fixes[0]
    assert report.exit_code == 1


def test_what_others_run_counts_and_only_what_shares_the_quota(aws: FakeAws) -> None:
    run_instances(aws, "g6.xlarge", 2)
    run_instances(aws, "g5.12xlarge")
    run_instances(aws, "m5.large", 3)
    run_instances(aws, "p4d.24xlarge")
    run_instances(aws, "g6.xlarge", 4, spot=True)
    said = finding(check(pool(nodes=2)), "aws-quota").said
    assert said == "quota 64, 56 in use by others, 8 needed (2 × 4)"
    assert check(pool(nodes=3)).problems[0].code == "quota-too-low"


def test_stopped_and_terminated_instances_do_not_count(aws: FakeAws) -> None:
    run_instances(aws, "g6.xlarge", 3)
    client = ec2(aws)
    rows = client.describe_instances()["Reservations"][0]["Instances"]
    ids = [row["InstanceId"] for row in rows]
    client.stop_instances(InstanceIds=ids[:1])
    client.terminate_instances(InstanceIds=ids[1:2])
    assert "4 in use" in finding(check(pool()), "aws-quota").said


def test_spot_and_on_demand_are_held_against_quotas_of_their_own(aws: FakeAws) -> None:
    aws.quotas[G_SPOT] = 8.0
    run_instances(aws, "g6.xlarge", 2, spot=True)
    assert check(pool()).exit_code == 0
    (problem,) = check(pool(capacity="spot")).problems
    assert problem.got == "L-3819A6DF is 8 in us-east-1, 8 of it in use by others"


def test_open_spot_requests_and_unused_reservations_count(aws: FakeAws) -> None:
    aws.reservations = [("g6.12xlarge", 1, "default"), ("p5.48xlarge", 2, "capacity-block")]
    assert "48 in use" in finding(check(pool()), "aws-quota").said
    assert "0 in use" in finding(check(pool(capacity="spot")), "aws-quota").said


def test_a_type_outside_the_catalog_is_counted_by_what_aws_says_of_it(aws: FakeAws) -> None:
    assert "g5g.8xlarge" not in load_catalog().instances
    run_instances(aws, "g5g.8xlarge")
    assert "32 in use" in finding(check(pool()), "aws-quota").said
    assert aws.asked["DescribeInstanceTypes"] == 1


def test_nodes_of_the_stacks_own_cluster_are_not_in_its_way(aws: FakeAws) -> None:
    aws.quotas[G] = 16.0
    tags = [{"Key": "kubernetes.io/cluster/prod", "Value": "owned"}]
    own = [{"ResourceType": "instance", "Tags": tags}]
    run_instances(aws, "g6.xlarge", 3, TagSpecifications=own)
    assert check(pool(nodes=4)).exit_code == 1
    assert check(pool(nodes=4, cluster="other")).exit_code == 1
    assert check(pool(nodes=4, cluster="prod")).exit_code == 0


def test_dedicated_hosts_and_capacity_blocks_do_not_count(aws: FakeAws) -> None:
    aws.canned["DescribeInstances"] = instances(
        "<instanceType>g5.xlarge</instanceType><placement><tenancy>host</tenancy></placement>",
        "<instanceType>p5.48xlarge</instanceType>"
        "<instanceLifecycle>capacity-block</instanceLifecycle>",
        "<instanceType>g6.xlarge</instanceType>",
    )
    aws.quotas["L-417A185B"] = 192.0
    assert "4 in use" in finding(check(pool()), "aws-quota").said
    assert "0 in use" in finding(check(pool("p5.48xlarge", 192, nodes=1)), "aws-quota").said


def test_pools_that_share_a_quota_are_added_up(aws: FakeAws) -> None:
    aws.quotas[G] = 20.0
    small, large = pool(nodes=2), pool("g6.2xlarge", 8, nodes=2)
    assert check(small).exit_code == 0
    assert check(large).exit_code == 0
    report = check(Needs(pools=small.pools + large.pools))
    assert finding(report, "aws-quota").said.endswith("24 needed (2 × 4 + 2 × 8)")
    assert report.exit_code == 1


def test_aws_default_stands_in_for_a_quota_that_the_account_does_not_have(aws: FakeAws) -> None:
    aws.quotas.clear()
    aws.defaults[G] = 0.0
    report = check(pool())
    assert finding(report, "aws-quota").said.startswith("AWS's default 0, ")
    assert report.exit_code == 1


def test_a_spot_quota_whose_code_has_no_source_could_not_be_checked(aws: FakeAws) -> None:
    found = finding(check(pool("p6-b200.48xlarge", 192, capacity="spot")), "aws-quota")
    assert (found.outcome, found.reason) == ("unchecked", "not-known-here")
    assert found.said == "the code of the spot quota of p6-b200.48xlarge is not known here"
    assert not aws.asked["GetServiceQuota"]


def test_a_running_instance_that_may_share_the_quota_is_never_left_out(aws: FakeAws) -> None:
    aws.quotas["L-C4BD4855"] = 1000.0
    run_instances(aws, "p6-b200.48xlarge", spot=True)
    found = finding(check(pool("p5.48xlarge", 192, nodes=1, capacity="spot")), "aws-quota")
    assert found.reason == "not-known-here"
    assert "p6-b200.48xlarge" in found.said
    assert finding(check(pool(capacity="spot")), "aws-quota").outcome == "ok"


def test_a_capacity_block_has_no_quota_check_and_says_so(aws: FakeAws) -> None:
    report = check(pool("p5.48xlarge", 192, capacity="capacity-block"))
    found = finding(report, "aws-quota")
    assert found.outcome == "skipped"
    assert found.said.startswith("not looked up: a capacity block is bought ahead")
    assert not aws.asked["GetServiceQuota"]
    assert finding(report, "aws-offering").outcome == "ok"


def test_a_zone_without_the_type_is_named_with_the_zones_that_have_it(aws: FakeAws) -> None:
    rows = ec2(aws).describe_instance_type_offerings(
        LocationType="availability-zone",
        Filters=[{"Name": "instance-type", "Values": ["g6.xlarge"]}],
    )["InstanceTypeOfferings"]
    offered = sorted(row["Location"] for row in rows)
    absent = next(
        f"us-east-1{letter}" for letter in "abcdefz" if f"us-east-1{letter}" not in offered
    )
    (problem,) = check(pool(zones=(offered[0], absent))).problems
    assert problem.code == "not-offered"
    assert problem.got == f"g6.xlarge in {absent}, which does not offer it"
    assert problem.fixes[0] == f"name the zones {', '.join(offered)}"
    assert check(pool(zones=tuple(offered))).exit_code == 0
    assert check(pool(zones=())).exit_code == 0


def test_a_type_that_no_zone_of_the_region_offers_is_refused(aws: FakeAws) -> None:
    (problem,) = check(pool("g9.xlarge", zones=())).problems
    assert problem.got == "g9.xlarge in us-east-1, which does not offer it"
    assert problem.fixes[0] == "choose another region"


@pytest.mark.parametrize("value", [-1.0, "many", None, True])
def test_a_quota_that_is_no_number_of_vcpus_could_not_be_checked(
    aws: FakeAws, value: object
) -> None:
    aws.quotas[G] = value
    assert finding(check(pool()), "aws-quota").reason == "malformed"
