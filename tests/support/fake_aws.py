"""AWS on loopback: EC2 by moto, service quotas and failures that a test sets."""

from __future__ import annotations

import http.client
import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Literal
from urllib.parse import parse_qs

from tests.support.http_failures import Failure, fail, send
from tests.support.loopback_server import serving

Refusal = Literal["throttled", "denied", "expired"]
_TARGET = "ServiceQuotasV20190624."
# Codes of EC2 and of Service Quotas, and the status of EC2.
_CODES: dict[Refusal, tuple[str, str, int]] = {
    "throttled": ("RequestLimitExceeded", "TooManyRequestsException", 503),
    "denied": ("UnauthorizedOperation", "AccessDeniedException", 403),
    "expired": ("ExpiredToken", "UnrecognizedClientException", 400),
}


@dataclass
class FakeAws:
    """What the account has; `url` is set while it runs."""

    moto: str
    """`host:port` of a moto server, which answers EC2."""
    quotas: dict[str, object] = field(default_factory=dict[str, object])
    """Values that the account has of its own, by code."""
    defaults: dict[str, object] = field(default_factory=dict[str, object])
    """AWS's default values, by code."""
    reservations: list[tuple[str, int, str]] = field(default_factory=list[tuple[str, int, str]])
    """Capacity reservations: type, unused places, `default` or `capacity-block`."""
    canned: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """Answers of EC2 that moto cannot give, by action."""
    failures: dict[str, Failure | Refusal] = field(default_factory=dict[str, Failure | Refusal])
    """How an action fails, by its name."""
    fail_first: int | None = None
    """Only so many requests fail; None: all."""
    asked: Counter[str] = field(default_factory=Counter[str])
    """Requests by action."""
    closing: threading.Event = field(default_factory=threading.Event)
    url: str = ""


@contextmanager
def running(aws: FakeAws) -> Iterator[FakeAws]:
    """Serve `aws` until the block ends."""
    with serving(_Handler, aws=aws) as aws.url:
        try:
            yield aws
        finally:
            aws.closing.set()


class _Handler(BaseHTTPRequestHandler):
    aws: FakeAws
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        target = self.headers.get("X-Amz-Target", "")
        action = target.removeprefix(_TARGET) if target else parse_qs(body.decode())["Action"][0]
        self.aws.asked[action] += 1
        failure = self.aws.failures.get(action)
        over = self.aws.fail_first is not None and self.aws.asked[action] > self.aws.fail_first
        if failure is not None and not over:
            self._fail(failure, ec2=not target)
        elif target:
            self._quota(action, json.loads(body)["QuotaCode"])
        elif action in self.aws.canned:
            send(self, 200, self.aws.canned[action])
        elif action == "DescribeCapacityReservations":
            send(self, 200, _reservations(self.aws.reservations))
        else:
            self._moto(body)

    def log_message(self, *_: object) -> None:
        """Nothing on the test's stderr."""

    def _fail(self, failure: Failure | Refusal, *, ec2: bool) -> None:
        if failure not in ("throttled", "denied", "expired"):
            fail(self, failure, self.aws.closing)
            return
        xml, word, status = _CODES[failure]
        # Services quote the caller: what must not show up anywhere is in the text.
        said = f"refused {self.headers['Authorization']} {self.headers.get('X-Amz-Security-Token')}"
        if ec2:
            error = f"<Error><Code>{xml}</Code><Message>{said}</Message></Error>"
            text = f"<Response><Errors>{error}</Errors><RequestID>1</RequestID></Response>"
            send(self, status, text.encode())
        else:
            send(self, 400, json.dumps({"__type": word, "message": said}).encode())

    def _quota(self, action: str, code: str) -> None:
        values = self.aws.quotas if action == "GetServiceQuota" else self.aws.defaults
        if code not in values:
            text = json.dumps({"__type": "NoSuchResourceException", "message": "none"})
            send(self, 400, text.encode())
            return
        quota = {"ServiceCode": "ec2", "QuotaCode": code, "Value": values[code]}
        send(self, 200, json.dumps({"Quota": quota}).encode())

    def _moto(self, body: bytes) -> None:
        connection = http.client.HTTPConnection(self.aws.moto, timeout=60)
        kept = ("Authorization", "Content-Type", "X-Amz-Date", "X-Amz-Security-Token")
        headers = {name: self.headers[name] for name in kept if name in self.headers}
        connection.request("POST", "/", body, headers)
        answer = connection.getresponse()
        send(self, answer.status, answer.read(), {"Content-Type": "text/xml"})
        connection.close()


def instances(*rows: str) -> bytes:
    """DescribeInstances with these instances, each the inside of an `item`."""
    items = "".join(f"<item>{row}</item>" for row in rows)
    held = f"<item><instancesSet>{items}</instancesSet></item>"
    return _document("DescribeInstances", f"<reservationSet>{held}</reservationSet>")


def _reservations(reservations: list[tuple[str, int, str]]) -> bytes:
    rows = "".join(
        f"<item><instanceType>{kind}</instanceType>"
        f"<availableInstanceCount>{unused}</availableInstanceCount>"
        f"<reservationType>{what}</reservationType><state>active</state></item>"
        for kind, unused, what in reservations
    )
    body = f"<capacityReservationSet>{rows}</capacityReservationSet>"
    return _document("DescribeCapacityReservations", body)


def _document(action: str, body: str) -> bytes:
    space = "http://ec2.amazonaws.com/doc/2016-11-15/"
    return f'<{action}Response xmlns="{space}">{body}</{action}Response>'.encode()
