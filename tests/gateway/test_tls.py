"""TLS at the gateway: with a generated or the user's certificate, replaced while it runs."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from components.specs import TlsSpec
from providers.local import certificate
from tests.support.live_gateway import KEY, LiveGateway, gateway_spec
from tests.support.recording_backend import RecordingBackend, recording_backend

GENERATED = TlsSpec(certificate=None, private_key=None)
REQUEST = f"GET /v1/models HTTP/1.1\r\nhost: g\r\nauthorization: Bearer {KEY}\r\n\r\n".encode()


@pytest.fixture
def backend() -> Iterator[RecordingBackend]:
    with recording_backend() as backend:
        yield backend


@contextlib.contextmanager
def secure_gateway(backend: RecordingBackend, tls: TlsSpec) -> Iterator[LiveGateway]:
    gateway = LiveGateway()
    try:
        certificate.ensure(gateway.directory, tls, "127.0.0.1")
        spec = gateway_spec(tls=tls)
        gateway.write(spec, {"default": KEY}, [backend.socket])
        gateway.start(spec)
        gateway.wait_serving([backend.socket])
        yield gateway
    finally:
        gateway.stop()


@contextlib.contextmanager
def connected(
    port: int, authority: Path, protocols: tuple[str, ...] = ("http/1.1",)
) -> Iterator[ssl.SSLSocket]:
    """A connection that trusts only `authority` and checks the address."""
    context = ssl.create_default_context(cafile=str(authority))
    context.set_alpn_protocols(protocols)
    with (
        socket.create_connection(("127.0.0.1", port)) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as secure,
    ):
        yield secure


def test_the_generated_certificate_is_good_for_its_own_address(backend: RecordingBackend) -> None:
    with secure_gateway(backend, GENERATED) as gateway:
        with connected(gateway.port, gateway.directory / "tls.crt") as secure:
            secure.sendall(REQUEST)
            assert secure.recv(12) == b"HTTP/1.1 200"
        with connected(gateway.port, gateway.directory / "tls.crt", ("h2",)) as secure:
            assert secure.selected_alpn_protocol() == "h2"
            assert secure.version() == "TLSv1.3"
    assert backend.requests[0].header("x-forwarded-proto") == ["https"]


def test_the_users_own_certificate_is_served(backend: RecordingBackend, tmp_path: Path) -> None:
    certificate.ensure(tmp_path, GENERATED, "127.0.0.1")
    own = TlsSpec(certificate=str(tmp_path / "tls.crt"), private_key=str(tmp_path / "tls.key"))
    with secure_gateway(backend, own) as gateway:
        with connected(gateway.port, tmp_path / "tls.crt") as secure:
            assert secure.getpeercert(binary_form=True)
        assert not (gateway.directory / "tls.crt").exists()


def test_a_replaced_certificate_is_served_without_a_restart(
    backend: RecordingBackend, tmp_path: Path
) -> None:
    certificate.ensure(tmp_path, GENERATED, "127.0.0.1")
    with secure_gateway(backend, GENERATED) as gateway:
        port, before = gateway.port, gateway.pid
        with connected(port, gateway.directory / "tls.crt") as open_before:
            for name in ("tls.key", "tls.crt"):
                gateway.replace(name, (tmp_path / name).read_text())
            gateway.wait_for("the new certificate", lambda: _trusted(port, tmp_path / "tls.crt"))
            open_before.sendall(REQUEST)
            assert open_before.recv(12) == b"HTTP/1.1 200"
        assert gateway.pid == before


def test_plain_http_is_not_spoken_on_a_tls_port(backend: RecordingBackend) -> None:
    with (
        secure_gateway(backend, GENERATED) as gateway,
        socket.create_connection(("127.0.0.1", gateway.port)) as plain,
        contextlib.suppress(ConnectionResetError),
    ):
        plain.sendall(REQUEST)
        assert not plain.recv(12).startswith(b"HTTP")
    assert backend.requests == []


def _trusted(port: int, authority: Path) -> bool:
    try:
        with connected(port, authority):
            return True
    except ssl.SSLCertVerificationError:
        return False
