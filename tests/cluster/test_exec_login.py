"""The kubeconfig of EKS with Pulumi's own Kubernetes provider: a program says who somebody is."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml

from tests.support.kube import Kube
from tests.support.pulumi_stack import ROOT, PulumiStack

PROGRAM = Path(__file__).parent / "programs" / "exec_login"
LOGIN = """#!/bin/sh
echo asked >> "$(dirname "$0")/asked"
cat "$(dirname "$0")/credential.json"
"""


@pytest.fixture
def stack(kube: Kube, providers: None, tmp_path: Path) -> Generator[PulumiStack]:
    """`login.sh` lies in the project's folder, as `.venv/bin/python` does."""
    found = yaml.safe_load(kube.kubeconfig.read_text())
    cluster, user = found["clusters"][0]["cluster"], found["users"][0]["user"]
    namespace = f"slipway-test-{uuid4().hex[:8]}"
    # The program lies in the project's folder, as ours does: there providers run.
    shutil.copy(PROGRAM / "__main__.py", tmp_path)
    made = PulumiStack(
        folder=tmp_path,
        main=tmp_path,
        variables={"PYTHONPATH": str(ROOT)},
        project="exec-login",
        config=settings(
            endpoint=cluster["server"],
            authority=cluster["certificate-authority-data"],
            namespace=namespace,
            identity="one",
            command=json.dumps(["./login.sh", "{cluster}"]),
        ),
    )
    (tmp_path / "login.sh").write_text(LOGIN)
    (tmp_path / "login.sh").chmod(0o700)
    (tmp_path / "credential.json").write_text(json.dumps(credential(user)))
    try:
        yield made
    finally:
        kube.run("delete", "namespace", namespace, "--ignore-not-found", "--wait=false")


def test_the_provider_asks_the_program_by_its_path_in_the_projects_folder(
    stack: PulumiStack,
) -> None:
    stack.up()
    assert (stack.folder / "asked").read_text().startswith("asked")
    stack.config["exec-login:command"] = json.dumps(["./login.sh", "another", "argument"])
    assert stack.up().operations == {"cluster": "update"}
    stack.destroy()


def settings(**values: str) -> dict[str, Any]:
    return {f"exec-login:{key}": value for key, value in values.items()}


def credential(user: dict[str, str]) -> dict[str, Any]:
    def text(key: str) -> str:
        return base64.b64decode(user[key]).decode()

    status = {
        "clientCertificateData": text("client-certificate-data"),
        "clientKeyData": text("client-key-data"),
    }
    version = "client.authentication.k8s.io/v1"
    return {"kind": "ExecCredential", "apiVersion": version, "status": status}
