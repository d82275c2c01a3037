"""What a real cluster lacks is said before anything is made; what gives no answer is no verdict."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from operations.cluster.place import Place
from operations.preflight import preflight
from operations.preflight.asking import Patience
from operations.preflight.needs import ClusterNeeds, GpuNeeds, Needs
from operations.preflight.report import Report
from tests.support.free_port import free_port
from tests.support.kube import Kube

_DEPLOYMENT = ("apps/v1", "Deployment")


@pytest.fixture
def needs(kube: Kube) -> ClusterNeeds:
    place = Place(kubeconfig=str(kube.kubeconfig), context=None, namespace="default")
    return ClusterNeeds(place=place, kinds=(_DEPLOYMENT,), objects=(), gpus=None)


def test_a_cluster_that_has_all_passes(needs: ClusterNeeds) -> None:
    report = _asked(replace(needs, objects=(("namespaces", "kube-system"),)))
    assert [finding.outcome for finding in report.findings] == ["ok", "ok", "ok"]
    assert report.exit_code == 0


def test_a_kind_that_nobody_serves_is_an_error_that_names_who_brings_it(
    needs: ClusterNeeds,
) -> None:
    missing = ("nowhere.example.com/v1", "Nothing")
    (problem,) = _asked(replace(needs, kinds=(_DEPLOYMENT, missing))).problems
    assert problem.code == "kind-missing"
    assert "nowhere.example.com/v1 Nothing" in problem.got


def test_an_object_that_is_not_there_is_an_error_with_the_nearest_name(
    needs: ClusterNeeds,
) -> None:
    (problem,) = _asked(replace(needs, objects=(("namespaces", "kube-sytem"),))).problems
    assert problem.code == "object-missing"
    assert problem.fixes == ("did you mean kube-system?",)


def test_missing_gpus_are_a_warning_with_the_room_that_there_is(needs: ClusterNeeds) -> None:
    wanted = GpuNeeds(resource="example.com/gpu", per_pod=2, pods=3, selector={})
    report = _asked(replace(needs, gpus=wanted))
    (problem,) = report.problems
    assert (problem.code, problem.severity) == ("gpus-missing", "warning")
    assert problem.got.startswith("room for 0 pods of 2 example.com/gpu")
    assert report.exit_code == 0


def test_a_cluster_that_cannot_be_reached_is_not_judged(
    needs: ClusterNeeds, kube: Kube, tmp_path: Path
) -> None:
    config = yaml.safe_load(kube.kubeconfig.read_text())
    for cluster in config["clusters"]:
        cluster["cluster"]["server"] = f"https://127.0.0.1:{free_port()}"
    elsewhere = tmp_path / "kubeconfig"
    elsewhere.write_text(yaml.safe_dump(config))
    report = _asked(replace(needs, place=replace(needs.place, kubeconfig=str(elsewhere))))
    assert report.problems == ()
    assert {finding.reason for finding in report.findings} <= {"network", "timeout"}
    assert report.exit_code == 3


def test_a_kubeconfig_that_is_not_there_is_not_judged(needs: ClusterNeeds, tmp_path: Path) -> None:
    nowhere = replace(needs.place, kubeconfig=str(tmp_path / "none"))
    report = _asked(replace(needs, place=nowhere))
    assert {finding.reason for finding in report.findings} == {"no-credentials"}


def _asked(needs: ClusterNeeds) -> Report:
    return preflight(Needs(cluster=needs), patience=Patience(total=20))
