"""The cloud as boto3 sees it by tags: the tagging API, and roles, which that API has not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs

from tests.support.aws_provider.cloud import REGION, Cloud
from tests.support.loopback_server import serving

_ROLE = "aws:iam/role:Role"


@contextmanager
def tag_view(cloud: Cloud) -> Iterator[dict[str, str]]:
    """Variables by which boto3 finds it."""
    with serving(_View, cloud=cloud) as url:
        yield {
            "AWS_ENDPOINT_URL": url,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_REGION": REGION,
        }


class _View(BaseHTTPRequestHandler):
    cloud: Cloud

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.headers.get("X-Amz-Target", "").endswith(".GetResources"):
            rows = [
                {
                    "ResourceARN": each.state["arn"],
                    "Tags": [{"Key": key, "Value": value} for key, value in each.tags.items()],
                }
                for each in self.cloud.things()
                if each.type != _ROLE and _matches(each.tags, json.loads(body)["TagFilters"])
            ]
            self._reply(200, json.dumps({"ResourceTagMappingList": rows}))
        else:
            self._role(parse_qs(body)["RoleName"][0])

    def _role(self, name: str) -> None:
        found = [each for each in self.cloud.things(_ROLE) if each.id == name]
        if not found:
            code = "<Error><Type>Sender</Type><Code>NoSuchEntity</Code></Error>"
            self._reply(404, f"<ErrorResponse>{code}</ErrorResponse>")
            return
        pairs = found[0].tags.items()
        tags = "".join(f"<member><Key>{k}</Key><Value>{v}</Value></member>" for k, v in pairs)
        role = (
            f"<Arn>{found[0].state['arn']}</Arn><Tags>{tags}</Tags><RoleName>{name}</RoleName><RoleId>A</RoleId><Path>/</Path>"
            "<CreateDate>2026-12-01T00:00:00Z</CreateDate>"
        )
        result = f"<GetRoleResult><Role>{role}</Role></GetRoleResult>"
        self._reply(200, f"<GetRoleResponse>{result}</GetRoleResponse>")

    def _reply(self, status: int, text: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as in the base class
        """Say nothing."""


def _matches(tags: dict[str, str], filters: list[dict[str, Any]]) -> bool:
    return all(tags.get(one["Key"]) in one["Values"] for one in filters)
