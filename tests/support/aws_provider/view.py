"""The same cloud as boto3 sees it over HTTP: tags of everything, and what lies in a network.

Only the actions in `_LISTS`, of single objects (`view_single`), and GetResources of the tagging
API; any other is refused by name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

from tests.support.aws_provider.paths import ACCOUNT
from tests.support.aws_provider.store import Store, Thing, things
from tests.support.aws_provider.view_single import (
    OF_ECR,
    OF_IAM,
    of_ecr,
    of_iam,
    records,
    route_tables,
)
from tests.support.loopback_server import serving

_SUBNET = "aws:ec2/subnet:Subnet"
# Action of EC2 -> type, element of the list, element of the id.
_LISTS = {
    "DescribeNetworkInterfaces": (
        "aws:ec2/networkInterface:NetworkInterface",
        "networkInterfaceSet",
        "networkInterfaceId",
    ),
    "DescribeSecurityGroups": (
        "aws:ec2/securityGroup:SecurityGroup",
        "securityGroupInfo",
        "groupId",
    ),
}
Filters = Mapping[str, list[str]]


@contextmanager
def view(store: Store) -> Iterator[dict[str, str]]:
    """Variables that lead boto3 to it."""
    with serving(_Handler, store=store) as url:
        yield {
            "AWS_ENDPOINT_URL": url,
            "AWS_ACCESS_KEY_ID": "tests",
            "AWS_SECRET_ACCESS_KEY": "tests",
            "AWS_DEFAULT_REGION": "us-east-1",
        }


class _Handler(BaseHTTPRequestHandler):
    store: Store

    def do_GET(self) -> None:
        where = urlsplit(self.path)
        if where.path.endswith("/rrset"):
            zone = where.path.split("/")[-2]
            self._send(200, records(self.store, zone, dict(parse_qsl(where.query))))
        else:
            self._send(
                404, f"<Error><Code>InvalidAction</Code><Message>{where.path}</Message></Error>"
            )

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        target = self.headers.get("X-Amz-Target", "")
        if target == "ResourceGroupsTaggingAPI_20170126.GetResources":
            self._send(200, json.dumps(_tagged(self.store, json.loads(body))))
            return
        if target.rpartition(".")[2] in OF_ECR:
            self._send(*of_ecr(self.store, target.rpartition(".")[2], json.loads(body)))
            return
        form = dict(parse_qsl(body, keep_blank_values=True))
        action = form.get("Action", target)
        if action in OF_IAM:
            self._send(*of_iam(self.store, action, form))
        elif action == "DescribeRouteTables":
            self._send(200, route_tables(self.store, form["RouteTableId.1"]))
        elif action in _LISTS:
            self._send(200, _listed(self.store, action, _filters(form)))
        else:
            code = f"<Code>InvalidAction</Code><Message>{escape(action)}</Message>"
            self._send(400, f"<Response><Errors><Error>{code}</Error></Errors></Response>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        return

    def _send(self, status: int, text: str) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _tagged(store: Store, asked: Mapping[str, object]) -> dict[str, object]:
    """GetResources: what has all the tags, each with one of its values where there are some."""
    filters = asked.get("TagFilters") or []
    assert isinstance(filters, list)
    with store.open() as connection:
        found = things(connection)
    return {
        "PaginationToken": "",
        "ResourceTagMappingList": [
            {
                "ResourceARN": _arn(each),
                "Tags": [{"Key": key, "Value": value} for key, value in each.tags.items()],
            }
            for each in found
            if each.tags and _arn(each) and all(_has(each, one) for one in filters)
        ],
    }


def _arn(thing: Thing) -> str:
    """Empty where the tagging API has none: what IAM has, and what has no ARN."""
    names = ("arn", "accessEntryArn", "associationArn")
    found = (thing.state[name] for name in names if name in thing.state)
    # The SDK does not show it.
    nat = f"arn:aws:ec2:{thing.region}:{ACCOUNT}:natgateway/{thing.id}"
    default = nat if thing.type == "aws:ec2/natGateway:NatGateway" else ""
    return "" if thing.type in OF_IAM.values() else next(found, default)


def _has(thing: Thing, wanted: Mapping[str, Any]) -> bool:
    values = wanted.get("Values")
    return wanted["Key"] in thing.tags and (not values or thing.tags[wanted["Key"]] in values)


def _filters(form: Mapping[str, str]) -> Filters:
    found: dict[str, list[str]] = {}
    for key, value in form.items():
        if key.startswith("Filter.") and ".Value." in key:
            name = form[key.partition(".Value.")[0] + ".Name"]
            found.setdefault(name, []).append(value)
    return found


def _listed(store: Store, action: str, filters: Filters) -> str:
    token, list_name, id_name = _LISTS[action]
    with store.open() as connection:
        networks = {each.id: each.state["vpcId"] for each in things(connection, type=_SUBNET)}
        found = things(connection, type=token)
    items: list[str] = []
    for each in found:
        network = each.state.get("vpcId") or networks.get(each.state.get("subnetId", ""), "")
        known = {"vpc-id": network, "status": each.state.get("status", "in-use")}
        if all(_matches(each, known, name, values) for name, values in filters.items()):
            tags = "".join(
                f"<item><key>{escape(key)}</key><value>{escape(value)}</value></item>"
                for key, value in each.tags.items()
            )
            items.append(
                f"<item><{id_name}>{each.id}</{id_name}><vpcId>{network}</vpcId>"
                f"<tagSet>{tags}</tagSet></item>"
            )
    name = f"{action}Response"
    space = "http://ec2.amazonaws.com/doc/2016-11-15/"
    return f'<{name} xmlns="{space}"><{list_name}>{"".join(items)}</{list_name}></{name}>'


def _matches(thing: Thing, known: Mapping[str, str], name: str, values: list[str]) -> bool:
    if name.startswith("tag:"):
        return thing.tags.get(name.removeprefix("tag:")) in values
    if name == "tag-key":
        return bool(thing.tags.keys() & set(values))
    if name == "network-interface-id":
        return thing.id in values
    return known[name] in values
