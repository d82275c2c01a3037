"""Versions of add-ons, as EKS tells them, become rows."""

from __future__ import annotations

import datetime
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import boto3
import pytest

from operations.eks.addons import FILE, run
from operations.preflight.asking import NoAnswerError
from operations.preflight.aws.account import AwsAccount
from operations.table_check import DIFFERENT, NOT_CHECKED
from planning.catalog import load_catalog
from planning.catalog.rows.aws import AddonRow
from planning.catalog.tables import read_table

Answer = TypeVar("Answer")
_DAY = datetime.date(2026, 12, 1)


class _Account:
    """botocore itself checks questions and answers against EKS's own model."""

    def __init__(self, client: Any, refuses: bool = False) -> None:
        self.client, self.refuses = client, refuses

    def eks(self, region: str) -> Any:
        return self.client

    def ask(self, call: Callable[[], Answer], action: str) -> Answer:
        if self.refuses:
            raise NoAnswerError("denied", f"{action} is not allowed")
        return call()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    copy = tmp_path / "addons.yaml"
    copy.write_text(FILE.read_text(encoding="utf-8"), encoding="utf-8")
    return copy


def _client() -> Any:
    client: Any = cast("Any", boto3).client(
        "eks", "us-east-1", aws_access_key_id="a", aws_secret_access_key="b"
    )
    stub: Any = cast("Any", importlib.import_module("botocore.stub")).Stubber(client)
    for name in read_table(FILE, AddonRow):
        for minor in load_catalog().kubernetes_versions:
            stub.add_response(
                "describe_addon_versions",
                {"addons": [{"addonName": name, "addonVersions": _versions(minor)}]},
                {"addonName": name, "kubernetesVersion": minor},
            )
    stub.activate()
    return client


def _versions(minor: str) -> list[dict[str, Any]]:
    """The newest is not the default one; before 1.31 there is none."""
    if minor in ("1.29", "1.30"):
        return []
    return [
        {
            "addonVersion": f"v{minor}.{patch}-eksbuild.1",
            "compatibilities": [{"clusterVersion": minor, "defaultVersion": patch == 0}],
        }
        for patch in (1, 0)
    ]


def test_the_default_version_of_each_kubernetes_is_written(file: Path) -> None:
    account = cast("AwsAccount", _Account(_client()))
    said: list[str] = []
    assert (
        run(region="us-east-1", write=True, say=said.append, file=file, account=account, today=_DAY)
        == 0
    )
    rows = read_table(file, AddonRow)
    assert list(rows) == list(read_table(FILE, AddonRow))
    versions = rows["vpc-cni"].value.versions
    assert versions["1.36"] == "v1.36.0-eksbuild.1"
    assert "1.30" not in versions, "AWS has none for it"
    assert rows["vpc-cni"].value.before_nodes
    assert rows["vpc-cni"].value.service_account == "aws-node"
    assert rows["vpc-cni"].date == _DAY


def test_what_differs_is_said_and_nothing_is_written_unasked(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    account = cast("AwsAccount", _Account(_client()))
    before = file.read_text(encoding="utf-8")
    assert run(region="us-east-1", write=False, say=print, file=file, account=account) == DIFFERENT
    assert file.read_text(encoding="utf-8") == before
    shown = capsys.readouterr().out
    assert "~ vpc-cni on Kubernetes 1.36: not known -> v1.36.0-eksbuild.1" in shown


def test_no_answer_is_no_change(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    account = cast("AwsAccount", _Account(None, refuses=True))
    assert run(region="us-east-1", write=True, say=print, file=file, account=account) == NOT_CHECKED
    assert "eks:DescribeAddonVersions is not allowed" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == FILE.read_text(encoding="utf-8")
