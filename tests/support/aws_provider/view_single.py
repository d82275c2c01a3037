"""Single objects as boto3 sees them: what IAM knows by name, and tables of routes."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from tests.support.aws_provider.store import Store, things

OF_IAM = {
    "GetRole": "aws:iam/role:Role",
    "GetInstanceProfile": "aws:iam/instanceProfile:InstanceProfile",
}


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
