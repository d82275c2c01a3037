"""A token for a cluster's API: a signed question to STS who its bearer is, valid for a minute.

EKS asks it, so that nothing but AWS's own credentials is needed, and no AWS CLI.
"""

from __future__ import annotations

import base64
import datetime
import json
from typing import Any

PREFIX = "k8s-aws-v1."
_HEADER = "x-k8s-aws-id"
_URL_SECONDS = 60
_TOKEN_MINUTES = 14
"""EKS takes a token for a quarter of an hour; whoever has it asks anew a minute before."""


class TokenError(Exception):
    """No token; the message says why, and holds no credential."""


def exec_credential(cluster: str, region: str, now: datetime.datetime | None = None) -> str:
    """JSON of an ExecCredential, as kubectl and every client of Kubernetes read it."""
    now = now or datetime.datetime.now(datetime.UTC)
    expires = now + datetime.timedelta(minutes=_TOKEN_MINUTES)
    status = {
        "token": token(cluster, region),
        "expirationTimestamp": expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    version = "client.authentication.k8s.io/v1"
    return json.dumps({"kind": "ExecCredential", "apiVersion": version, "status": status})


def token(cluster: str, region: str) -> str:
    """Raises TokenError where boto3 finds no credentials."""
    # Imported late: botocore takes its time, and other commands do not need it.
    from boto3 import Session
    from botocore.exceptions import BotoCoreError

    try:
        session = Session()
        if session.get_credentials() is None:
            raise TokenError("no credentials of AWS were found: set AWS_PROFILE, or log in")
        client: Any = session.client("sts", region)
        url = _signed(client, cluster)
    except BotoCoreError as error:
        raise TokenError(f"no token for {cluster}: {error}") from None
    return PREFIX + base64.urlsafe_b64encode(url.encode()).decode().rstrip("=")


def _signed(client: Any, cluster: str) -> str:
    """The cluster's name is signed too: a token opens no other cluster."""

    def name_cluster(request: Any, **_: object) -> None:
        request.headers[_HEADER] = cluster

    client.meta.events.register("before-sign.sts.GetCallerIdentity", name_cluster)
    return client.generate_presigned_url(
        "get_caller_identity", Params={}, ExpiresIn=_URL_SECONDS, HttpMethod="GET"
    )
