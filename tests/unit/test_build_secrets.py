"""A build learns this machine's way to the package index by secrets, and nothing more."""

from __future__ import annotations

from pathlib import Path

import pytest

from stacks.build_secrets import build_secrets

_VARIABLES = (
    *("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"),
    *("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_TRUSTED_HOST", "PIP_PROXY"),
)


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)


def test_a_machine_with_nothing_special_gives_none() -> None:
    assert build_secrets() == {}


def test_certificates_are_those_that_pip_would_take(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pip.pem").write_text("pip's")
    (tmp_path / "ssl.pem").write_text("ssl's")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ssl.pem"))
    assert build_secrets() == {"ca.pem": "ssl's"}
    monkeypatch.setenv("PIP_CERT", str(tmp_path / "pip.pem"))
    assert build_secrets() == {"ca.pem": "pip's"}


def test_a_mirror_becomes_a_pip_conf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example.com/simple")
    monkeypatch.setenv("PIP_TRUSTED_HOST", "mirror.example.com")
    assert build_secrets() == {
        "pip.conf": "[global]\nindex-url = https://mirror.example.com/simple\n"
        "trusted-host = mirror.example.com\n"
    }
