"""Scanners find what is wrong, and what is excepted is excepted for a stated reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.kubernetes.manifest import Manifest
from tests.support.kubernetes_specs import multi_node_spec, onnx_spec
from tests.support.manifests import as_yaml, rendered
from tools.scan import aws, checkov, dockerfiles, exceptions, schemas
from tools.scan.exceptions import Finding, judged


def test_a_key_that_kubernetes_does_not_know_is_refused_with_its_place(tmp_path: Path) -> None:
    *others, deployment = rendered(onnx_spec())
    deployment["spec"]["replica"] = 2
    write(tmp_path, [*others, deployment])
    found, _ = schemas.problems(tmp_path)
    assert [line for line in found if "tiny-engine: Kubernetes 1.30" in line and "replica" in line]


def test_pods_of_a_kind_without_a_schema_are_checked_all_the_same(tmp_path: Path) -> None:
    made = rendered(multi_node_spec())[-1]
    made["spec"]["leaderWorkerTemplate"]["workerTemplate"]["spec"]["containers"][0]["port"] = 1
    write(tmp_path, [made])
    found, unknown = schemas.problems(tmp_path)
    assert unknown == {"LeaderWorkerSet"}
    assert "containers.0" in found[0] and "'port'" in found[0]


def test_a_folder_without_manifests_is_not_taken_for_a_clean_one(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds no manifest"):
        schemas.problems(tmp_path)


def test_checkov_finds_what_is_loosened(tmp_path: Path) -> None:
    objects = rendered(onnx_spec())
    pod = objects[-1]["spec"]["template"]["spec"]
    container = pod["containers"][0]
    container["securityContext"] |= {"privileged": True, "readOnlyRootFilesystem": False}
    container["securityContext"]["capabilities"] = {}
    pod["automountServiceAccountToken"] = True
    pod["hostNetwork"] = True
    del container["livenessProbe"]
    write(tmp_path, objects)
    found = {finding.check for finding in checkov.findings(tmp_path)}
    assert found >= {
        "CKV_K8S_16",  # privileged
        "CKV_K8S_22",  # writable root
        "CKV_K8S_37",  # capabilities
        "CKV_K8S_38",  # token
        "CKV_K8S_19",  # host network
        "CKV_K8S_8",  # liveness
    }


def test_hadolint_finds_a_base_image_that_moves(tmp_path: Path) -> None:
    file = tmp_path / "Dockerfile"
    file.write_text("FROM debian\nRUN cd /tmp\n")
    assert {finding.check for finding in dockerfiles.findings([file])} >= {"DL3006", "DL3003"}


def test_what_is_excepted_is_silent_and_what_is_not_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exceptions, "excepted", lambda _: {"CKV_A", "CKV_B", "DL_C"})
    found = [Finding(check=check, where="a.yaml", what="bad") for check in ("CKV_A", "CKV_Z")]
    assert judged(found, "CKV") == [
        "a.yaml: CKV_Z: bad",
        "exceptions.yaml: CKV_B is excepted, and nothing needs it",
    ]


def test_exceptions_are_few_and_each_has_a_day_and_a_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert len(exceptions.excepted()) <= exceptions.MOST
    assert len(exceptions.excepted(aws.EXCEPTIONS)) <= exceptions.MOST
    file = tmp_path / "exceptions.yaml"
    monkeypatch.setattr(exceptions, "FILE", file)
    row = "- {check: A, since: 2026-11-30, reason: because}\n"
    file.write_text(4 * row)
    with pytest.raises(ValueError, match="4 exceptions, allowed 3"):
        exceptions.excepted()
    file.write_text("- {check: A, reason: because}\n")
    with pytest.raises(ValueError, match="needs `since`"):
        exceptions.excepted()


def write(folder: Path, objects: list[Manifest] | tuple[Manifest, ...]) -> None:
    (folder / "objects.yaml").write_text(as_yaml(objects))
