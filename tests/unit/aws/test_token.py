"""A token for a cluster's API, read as EKS reads it."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import json
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from operations.__main__ import main
from operations.eks.token import PREFIX, exec_credential, token

SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)


def test_a_token_is_a_signed_question_to_the_regions_sts_who_its_bearer_is() -> None:
    asked = urlsplit(url_of(token("prod", "eu-west-1")))
    query = {name: value for name, (value,) in parse_qs(asked.query).items()}
    assert (asked.scheme, asked.netloc) == ("https", "sts.eu-west-1.amazonaws.com")
    assert (query["Action"], query["Version"]) == ("GetCallerIdentity", "2011-06-15")
    assert query["X-Amz-Expires"] == "60"
    assert query["X-Amz-SignedHeaders"] == "host;x-k8s-aws-id"


def test_its_signature_is_the_one_that_aws_computes_for_this_cluster_and_no_other() -> None:
    url = url_of(token("prod", "eu-west-1"))
    given = parse_qs(urlsplit(url).query)["X-Amz-Signature"][0]
    assert given == signature(url, cluster="prod")
    assert given != signature(url, cluster="other")


def test_whoever_asks_knows_when_to_ask_again() -> None:
    now = datetime.datetime(2026, 12, 1, 12, 0, tzinfo=datetime.UTC)
    credential = json.loads(exec_credential("prod", "eu-west-1", now))
    assert credential["kind"] == "ExecCredential"
    assert credential["apiVersion"] == "client.authentication.k8s.io/v1"
    assert credential["status"]["expirationTimestamp"] == "2026-12-01T12:14:00Z"


def test_the_command_prints_the_credential_and_nothing_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["eks-token", "prod", "--region", "eu-west-1"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["status"]["token"].startswith(PREFIX)


def test_without_credentials_it_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, f"{tmp_path}/none")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    assert main(["eks-token", "prod", "--region", "eu-west-1"]) == 1
    said = capsys.readouterr()
    assert said.out == "" and "no credentials of AWS were found" in said.err


def url_of(text: str) -> str:
    encoded = text.removeprefix(PREFIX)
    return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()


def signature(url: str, *, cluster: str) -> str:
    """Signature version 4 of a GET, by the book: docs.aws.amazon.com, create-signed-request."""
    asked = urlsplit(url)
    pairs = {name: value for name, (value,) in parse_qs(asked.query).items()}
    del pairs["X-Amz-Signature"]
    scope = pairs["X-Amz-Credential"].split("/")[1:]
    query = "&".join(f"{quote(key, '')}={quote(pairs[key], '')}" for key in sorted(pairs))
    canonical = "\n".join(
        (
            "GET",
            "/",
            query,
            f"host:{asked.netloc}",
            f"x-k8s-aws-id:{cluster}",
            "",
            "host;x-k8s-aws-id",
            hashlib.sha256(b"").hexdigest(),
        )
    )
    to_sign = "\n".join(
        (
            "AWS4-HMAC-SHA256",
            pairs["X-Amz-Date"],
            "/".join(scope),
            hashlib.sha256(canonical.encode()).hexdigest(),
        )
    )
    key = f"AWS4{SECRET}".encode()
    for part in scope:
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
