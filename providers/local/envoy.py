"""Talking to the stack's Envoy through its admin socket, and giving it new files."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from pathlib import Path

from providers.local.files import write_atomically
from providers.local.run_directory import RunDirectory
from providers.local.unix_http import answers, request
from providers.plugin.session import OperationError, Session

# File -> prefix of the statistics that tell what Envoy made of it. In this order a file never
# refers to something that Envoy has not read yet.
SUBSCRIPTIONS = {
    "credential.json": "sds.credential",
    "clusters.json": "cluster_manager.cds",
    "endpoints.json": "cluster.engine",
    "certificate.json": "sds.certificate",
    "keys.json": "extension_config_discovery.http_filter.api_key_auth",
    "routes.json": "http.gateway.rds.routes",
    "listeners.json": "listener_manager.lds",
}
_ACCEPT_SECONDS = 15.0
_MESSAGE_LENGTH = 600


class Envoy:
    """The Envoy that runs in `run`'s gateway folder, if one runs."""

    def __init__(self, run: RunDirectory) -> None:
        self._folder = run.gateway
        self._admin = run.gateway / "admin.sock"

    def ready(self) -> bool:
        """Whether Envoy runs and has read its first files."""
        return answers(self._admin, "/ready")

    def give(self, name: str, content: str, session: Session) -> None:
        """Replace the file `name` and wait until Envoy took it.

        Raises OperationError with Envoy's own words where it refused; it then keeps what it had.
        """
        before = self._outcomes(name)
        write_atomically(self._folder / name, content)
        if before is None:
            return  # nothing that Envoy has read refers to this file yet
        session.wait(
            lambda: self._outcomes(name) != before, seconds=_ACCEPT_SECONDS, what=f"Envoy: {name}"
        )
        after = self._outcomes(name)
        if after is None or after[1] != before[1]:
            raise OperationError(f"Envoy refused the new {name}: {self.complaint(name)}")

    def check(self, files: Mapping[str, str]) -> None:
        """Raise OperationError unless each of `files` is what Envoy runs with."""
        versions = self._statistics("TextReadouts")
        for name, content in files.items():
            prefix = SUBSCRIPTIONS.get(name)
            wanted = json.loads(content)["version_info"] if prefix else ""
            if wanted and versions.get(f"{prefix}.version_text", "").strip('"') != wanted:
                raise OperationError(f"Envoy does not run with {name}: {self.complaint(name)}")

    def serving(self) -> frozenset[str]:
        """Sockets of the replicas that get requests now."""
        # Brings pydantic along, which most runs of the plugin never need.
        from components.gateway.admin import serving_sockets

        return serving_sockets(self._get("/clusters?format=json").encode())

    def begin_drain(self) -> None:
        """Take no new connections; running requests go on."""
        request(self._admin, "POST", "/drain_listeners?graceful&skip_exit")

    def running_requests(self) -> int:
        return int(self._statistics("Gauges").get("http.gateway.downstream_rq_active", "0"))

    def complaint(self, name: str) -> str:
        """Envoy's last message about refused files; keys are never repeated."""
        if name in ("keys.json", "credential.json"):
            return "(its message is withheld, because it may contain secrets)"
        texts = [
            json.dumps(details)
            for dump in json.loads(self._get("/config_dump"))["configs"]
            for details in _values(dump, "details")
        ]
        return texts[-1][-_MESSAGE_LENGTH:] if texts else "no reason given; see the gateway's log"

    def _outcomes(self, name: str) -> tuple[int, int] | None:
        """How often Envoy took and refused the file; None where it does not read it."""
        counters, prefix = self._statistics("Counters"), SUBSCRIPTIONS[name]
        if f"{prefix}.update_success" not in counters:
            return None
        refused = ("update_rejected", "update_failure")
        return (
            int(counters[f"{prefix}.update_success"]),
            sum(int(counters.get(f"{prefix}.{word}", "0")) for word in refused),
        )

    def _statistics(self, kind: str) -> dict[str, str]:
        lines = self._get(f"/stats?type={kind}").splitlines()
        return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}

    def _get(self, target: str) -> str:
        try:
            return request(self._admin, "GET", target)[1].decode()
        except (OSError, http.client.HTTPException) as error:
            raise OperationError(
                f"the gateway does not answer on {Path(self._admin)}: {error}"
            ) from error


def _values(value: object, key: str) -> list[object]:
    """Every value under `key`, at any depth."""
    found: list[object] = []
    if isinstance(value, dict):
        for name, inner in value.items():  # pyright: ignore[reportUnknownVariableType]
            found += [inner] if name == key else _values(inner, key)  # pyright: ignore
    elif isinstance(value, list):
        for inner in value:  # pyright: ignore[reportUnknownVariableType]
            found += _values(inner, key)  # pyright: ignore[reportUnknownArgumentType]
    return found
