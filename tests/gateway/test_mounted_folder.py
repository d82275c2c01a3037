"""Configuration in a volume of Kubernetes: kubelet moves one link, and Envoy has all that changed.

The folder is written here as kubelet does it (its AtomicWriter): files are links through `..data`,
which is moved onto a new folder at once.
"""

from __future__ import annotations

import contextlib
import itertools
import ssl
from collections.abc import Generator, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from components.specs import GatewaySpec, TlsSpec
from providers.local import certificate
from tests.support.live_gateway import KEY, LiveGateway, gateway_spec
from tests.support.raw_http import call, open_call
from tests.support.recording_backend import RecordingBackend, recording_backend

MODELS = "/v1/models"
NEXT = "next-key-0123456789abcdef"
GENERATED = TlsSpec(certificate=None, private_key=None)


class MountedGateway(LiveGateway):
    """Its folder is a volume, and keeps its sockets beside the links."""

    def __init__(self) -> None:
        super().__init__()
        self.site = replace(self.site, mounted=True)
        self._files: dict[str, str] = {}
        self._numbers = itertools.count()

    def replace(self, name: str, content: str) -> None:
        self.replace_all({name: content})

    def replace_all(self, files: Mapping[str, str]) -> None:
        self._files |= files
        fresh = self.directory / f"..generation_{next(self._numbers)}"
        fresh.mkdir()
        for name, content in self._files.items():
            (fresh / name).write_text(content)
        link = self.directory / "..data_tmp"
        link.symlink_to(fresh.name)
        link.rename(self.directory / "..data")
        for name in self._files:
            if not (self.directory / name).is_symlink():
                (self.directory / name).symlink_to(f"..data/{name}")


@pytest.fixture
def backend() -> Iterator[RecordingBackend]:
    with recording_backend() as backend:
        yield backend


@contextlib.contextmanager
def mounted(
    backend: RecordingBackend, spec: GatewaySpec, files: Mapping[str, str]
) -> Generator[MountedGateway]:
    """Envoy with `spec` on a folder that has `files` beside its configuration."""
    gateway = MountedGateway()
    try:
        gateway.replace_all(files)
        gateway.write(spec, {"default": KEY}, [backend.socket])
        gateway.start(spec)
        gateway.wait_serving([backend.socket])
        yield gateway
    finally:
        gateway.stop()


@pytest.fixture
def gateway(backend: RecordingBackend) -> Iterator[MountedGateway]:
    with mounted(backend, gateway_spec(), {}) as gateway:
        yield gateway


def test_a_changed_key_is_known_after_the_move_and_the_old_one_is_not(
    gateway: MountedGateway,
) -> None:
    gateway.write(keys={"default": NEXT})
    gateway.wait_for(
        "the new key", lambda: call(gateway.port, "GET", MODELS, key=NEXT).status == 200
    )
    assert call(gateway.port, "GET", MODELS, key=KEY).status == 401


def test_a_move_that_changes_one_file_cuts_no_stream(
    gateway: MountedGateway, backend: RecordingBackend
) -> None:
    backend.mode = "stream"
    with open_call(gateway.port, "POST", "/v1/chat/completions", body=b"{}") as stream:
        backend.say(b"one")
        assert stream.readline() == b"data: one\n"
        gateway.write(gateway_spec(requests_per_minute=1))
        gateway.wait_for(
            "the limit", lambda: gateway.stat("http.gateway.rds.routes.config_reload") == 2
        )
        backend.say(b"two")
        backend.say(None)
        assert stream.read() == b"\ndata: two\n\n"
    assert gateway.stat("listener_manager.listener_modified") == 0
    assert gateway.stat("cluster_manager.cluster_modified") == 0


def test_a_renewed_certificate_is_served_after_the_move(
    backend: RecordingBackend, tmp_path: Path
) -> None:
    """As cert-manager renews it: certificate and key are of one Secret and change at once."""
    old, new = (_certificate(tmp_path / name) for name in ("old", "new"))
    spec = gateway_spec(tls=GENERATED)
    with mounted(backend, spec, old) as gateway:
        assert _served(gateway.port) == old["tls.crt"]
        gateway.replace_all(new)
        gateway.wait_for("the new one", lambda: _served(gateway.port) == new["tls.crt"])


def _certificate(folder: Path) -> dict[str, str]:
    folder.mkdir()
    certificate.ensure(folder, GENERATED, "127.0.0.1")
    return {name: (folder / name).read_text() for name in ("tls.crt", "tls.key")}


def _served(port: int) -> str:
    return ssl.get_server_certificate(("127.0.0.1", port))
