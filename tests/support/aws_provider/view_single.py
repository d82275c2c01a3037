"""Single objects as boto3 sees them: what IAM and ECR know by name, and tables of routes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from xml.sax.saxutils import escape

from tests.support.aws_provider.store import Store, things

OF_IAM = {
    "GetRole": "aws:iam/role:Role",
    "GetInstanceProfile": "aws:iam/instanceProfile:InstanceProfile",
}

OF_ECR = {
    # Action -> type, argument, list of the answer, error where there is none.
    "DescribePullThroughCacheRules": (
        "aws:ecr/pullThroughCacheRule:PullThroughCacheRule",
        "ecrRepositoryPrefixes",
        "pullThroughCacheRules",
        "PullThroughCacheRuleNotFoundException",
    ),
    "DescribeRepositoryCreationTemplates": (
        "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
        "prefixes",
        "repositoryCreationTemplates",
        "TemplateNotFoundException",
    ),
}


def of_ecr(store: Store, action: str, asked: Mapping[str, list[str]]) -> tuple[int, str]:
    """Status and text of ECR's answer."""
    token, argument, answer, missing = OF_ECR[action]
    (name,) = asked[argument]
    with store.open() as connection:
        found = things(connection, type=token, id=name)
    if not found:
        return 400, json.dumps({"__type": missing, "message": f"{name} does not exist"})
    return 200, json.dumps({answer: [{"ecrRepositoryPrefix": name, "prefix": name}]})


def of_iam(store: Store, action: str, form: Mapping[str, str]) -> tuple[int, str]:
    """Status and text of IAM's answer."""
    kind = action.removeprefix("Get")
    name = form[f"{kind}Name"]
    with store.open() as connection:
        found = things(connection, type=OF_IAM[action], id=name)
    if not found:
        return 404, "<ErrorResponse><Error><Code>NoSuchEntity</Code></Error></ErrorResponse>"
    tags = "".join(
        f"<member><Key>{escape(key)}</Key><Value>{escape(value)}</Value></member>"
        for key, value in found[0].tags.items()
    )
    made = f"<{kind}Name>{name}</{kind}Name><Arn>{found[0].state['arn']}</Arn><Tags>{tags}</Tags>"
    return 200, (
        f'<{action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/">'
        f"<{action}Result><{kind}>{made}</{kind}></{action}Result></{action}Response>"
    )


def records(store: Store, zone: str, asked: Mapping[str, str]) -> str:
    """Route 53's answer: the record of this name and type, if it is an alias."""
    with store.open() as connection:
        found = things(connection, type="aws:route53/record:Record")
    sets = "".join(
        f"<ResourceRecordSet><Name>{one.state['name']}.</Name><Type>{one.state['type']}</Type>"
        f"<AliasTarget><HostedZoneId>{target['zoneId']}</HostedZoneId>"
        f"<DNSName>{target['name']}.</DNSName><EvaluateTargetHealth>true</EvaluateTargetHealth>"
        "</AliasTarget></ResourceRecordSet>"
        for one in found
        if one.state["zoneId"] == zone
        and (one.state["name"], one.state["type"]) == (asked["name"], asked["type"])
        for target in one.state.get("aliases") or ()
    )
    return (
        '<ListResourceRecordSetsResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/">'
        f"<ResourceRecordSets>{sets}</ResourceRecordSets><IsTruncated>false</IsTruncated>"
        "<MaxItems>1</MaxItems></ListResourceRecordSetsResponse>"
    )


def route_tables(store: Store, table: str) -> str:
    """EC2's answer: routes by destination, and which subnets have the table."""
    with store.open() as connection:
        routes = things(connection, type="aws:ec2/route:Route")
        links = things(connection, type="aws:ec2/routeTableAssociation:RouteTableAssociation")
    ways = "".join(
        f"<item><destinationCidrBlock>{one.state['destinationCidrBlock']}</destinationCidrBlock></item>"
        for one in routes
        if one.state["routeTableId"] == table
    )
    subnets = "".join(
        f"<item><routeTableAssociationId>{one.id}</routeTableAssociationId>"
        f"<subnetId>{one.state['subnetId']}</subnetId></item>"
        for one in links
        if one.state["routeTableId"] == table
    )
    return (
        '<DescribeRouteTablesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">'
        f"<routeTableSet><item><routeTableId>{table}</routeTableId><routeSet>{ways}</routeSet>"
        f"<associationSet>{subnets}</associationSet></item></routeTableSet>"
        "</DescribeRouteTablesResponse>"
    )
