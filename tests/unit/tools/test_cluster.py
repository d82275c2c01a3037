"""The cluster's files, refusals and images, without a cluster."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509

from tools.bootstrap.errors import ToolError
from tools.bootstrap.paths import ROOT
from tools.cluster import build, kept, namespace, needs
from tools.cluster.certificates import Authority
from tools.cluster.image import digest, image_of
from tools.cluster.layout import (
    API_ADDRESS,
    HOST_ADDRESS,
    NETWORK,
    NODE_ADDRESS,
    POD_NETWORK,
    SERVICE_NETWORK,
)


def test_pods_services_and_cable_share_the_network_without_overlap() -> None:
    from ipaddress import ip_address, ip_network

    whole, pods, services = map(ip_network, (NETWORK, POD_NETWORK, SERVICE_NETWORK))
    assert pods.subnet_of(whole)
    assert services.subnet_of(whole)
    assert not pods.overlaps(services)
    assert ip_address(API_ADDRESS) == services[1]
    for address in map(ip_address, (HOST_ADDRESS, NODE_ADDRESS)):
        assert address in whole
        assert address not in pods
        assert address not in services


def test_a_machine_that_routes_our_addresses_elsewhere_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    routes = json.dumps([{"dst": "default"}, {"dst": "10.0.0.0/8", "dev": "vpn0"}]).encode()
    answer = subprocess.CompletedProcess([], 0, stdout=routes)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: answer)
    with pytest.raises(ToolError, match=r"10\.0\.0\.0/8 on vpn0"):
        namespace.launch(["true"])


def test_missing_programs_are_named_as_one_command_of_debian(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    assert "apt install conntrack" in (needs.packages() or "")


def test_without_root_the_command_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "root" in (needs.machine() or "")


def test_too_little_disk_for_the_build_is_said_before_it_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(build, "DISK_GIGABYTES", 1e6)
    with pytest.raises(ToolError, match=r"building BuildKit \S+ \(once\) needs .* GB free"):
        build.ensure_built()


def test_the_commands_module_starts_without_the_locked_environment() -> None:
    words = [sys.executable, "-S", "-c", "import tools.cluster.__main__, tools.suite.needs"]
    subprocess.run(words, cwd=ROOT, check=True)


def test_the_same_program_gives_the_same_image(tmp_path: Path) -> None:
    program = tmp_path / "hello"
    program.write_text("one")
    first = image_of(program)
    assert image_of(program).digest == first.digest
    program.write_text("two")
    assert image_of(program).digest != first.digest
    layers = json.loads(first.manifest)["layers"]
    assert [layer["digest"] for layer in layers] == [digest(first.layer)]


def test_kubernetes_user_and_groups_are_in_the_certificate() -> None:
    authority = Authority("kubernetes")
    certificate = x509.load_pem_x509_certificate(authority.client("me", "a", "b").certificate)
    certificate.verify_directly_issued_by(
        x509.load_pem_x509_certificate(authority.pair.certificate)
    )
    assert certificate.subject.rfc4514_string() == "O=b,O=a,CN=me"


def test_the_kept_folder_is_named_after_kubernetes_and_its_pins() -> None:
    assert kept.cluster().home.name.startswith(f"{kept.KUBERNETES_VERSION}-")
    pinned = (kept.MODULES / "kubernetes" / "go.mod").read_text()
    replaced = [line for line in pinned.splitlines() if "=>" in line]
    assert len(replaced) == len([line for line in replaced if line.endswith("v0.34.2")]) == 31
