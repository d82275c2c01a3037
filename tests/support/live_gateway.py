"""A real Envoy on a gateway directory of its own."""

from __future__ import annotations

import contextlib
import http.client
import json
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from components.gateway import (
    endpoints_file,
    gateway_command,
    gateway_files,
    keys_file,
    local_site,
)
from components.gateway.admin import serving_sockets
from components.specs import GatewaySpec, KeySpec

ENVOY = Path(__file__).parents[2] / ".venv" / "bin" / "envoy"
KEY = "test-key-0123456789abcdef"
DEADLINE_SECONDS = 30


def gateway_spec(**changes: object) -> GatewaySpec:
    """A spec on a port that Envoy picks, with one key named `default`."""
    values: dict[str, object] = {
        "host": "127.0.0.1",
        "port": 0,
        "tls": None,
        "keys": (KeySpec(name="default", source="generated"),),
        "requests_per_minute": None,
        "max_connections": 200,
        "max_streams": 100,
        "request_timeout_seconds": 30.0,
        "max_request_bytes": 1 << 20,
        "drain_seconds": 20.0,
    }
    return GatewaySpec(**{**values, **changes})  # pyright: ignore[reportArgumentType]


class LiveGateway:
    """Files are written before `start` and replaced by rename after, as the product does."""

    def __init__(self, **site: object) -> None:
        # Unix socket paths have 108 bytes: pytest's own folders are too deep.
        self.directory = Path(tempfile.mkdtemp(prefix="gw-", dir="/tmp"))
        self.site = replace(local_site(str(self.directory)), **site)  # pyright: ignore[reportArgumentType]
        self.output = self.directory / "stdout"
        self._process: subprocess.Popen[bytes] | None = None

    def write(
        self,
        spec: GatewaySpec | None = None,
        keys: Mapping[str, str] | None = None,
        sockets: Sequence[str] | None = None,
    ) -> None:
        files: dict[str, str] = {}
        if spec is not None:
            files |= gateway_files(spec, self.site)
        if keys is not None:
            files["keys.json"] = keys_file(keys)
        if sockets is not None:
            files["endpoints.json"] = endpoints_file(sockets)
        for name, content in files.items():
            target = self.directory / name
            if not target.exists() or target.read_text() != content:
                self.replace(name, content)

    def replace(self, name: str, content: str) -> None:
        fresh = self.directory / f".{name}.new"
        fresh.write_text(content)
        fresh.rename(self.directory / name)

    def start(self, spec: GatewaySpec) -> None:
        command = gateway_command(spec, self.site, str(ENVOY))
        with self.output.open("wb") as out, (self.directory / "stderr").open("wb") as err:
            self._process = subprocess.Popen(command, stdout=out, stderr=err)
        self.wait_for("the listener", lambda: self._listeners() != [])

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def port(self) -> int:
        return self._listeners()[0]

    def admin(self, path: str) -> bytes:
        connection = http.client.HTTPConnection("admin", timeout=DEADLINE_SECONDS)
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.connect(str(self.directory / "admin.sock"))
        with contextlib.closing(connection):
            connection.request("GET", path)
            return connection.getresponse().read()

    def stat(self, name: str) -> int:
        stats = json.loads(self.admin(f"/stats?format=json&filter=^{name}$"))["stats"]
        return stats[0]["value"] if stats else 0

    def wait_for(self, what: str, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + DEADLINE_SECONDS
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                if condition():
                    return
            if self._process is not None and self._process.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError(f"waited in vain for {what}:\n" + self.errors())

    def wait_serving(self, sockets: Sequence[str]) -> None:
        expected = frozenset(sockets)
        self.wait_for(
            f"serving {sorted(expected)}",
            lambda: serving_sockets(self.admin("/clusters?format=json")) == expected,
        )

    def errors(self) -> str:
        return (self.directory / "stderr").read_text()

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(DEADLINE_SECONDS)
        shutil.rmtree(self.directory)

    def _listeners(self) -> list[int]:
        found = json.loads(self.admin("/listeners?format=json")).get("listener_statuses", [])
        addresses = [entry["local_address"].get("socket_address") for entry in found]
        return [address["port_value"] for address in addresses if address]


@contextlib.contextmanager
def live_gateway(
    spec: GatewaySpec,
    sockets: Sequence[str],
    keys: Mapping[str, str] | None = None,
    **site: object,
) -> Generator[LiveGateway]:
    """Envoy with `spec`, ready to serve from all `sockets`; `site` are fields of its Site."""
    gateway = LiveGateway(**site)
    try:
        gateway.write(spec, keys if keys is not None else {"default": KEY}, sockets)
        gateway.start(spec)
        gateway.wait_serving(sockets)
        yield gateway
    finally:
        gateway.stop()
