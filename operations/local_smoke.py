"""One token from the stack of this machine; a failure names the first broken link."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

from operations.smoke import smoke_problem
from planning.problems import Problem
from providers.local import endpoints, unix_http
from providers.local.run_directory import RunDirectory

_READY = "/health/ready"
_SECONDS = 5.0


def local_smoke_problem(
    base_url: str, model: str, key: str, *, run: RunDirectory, ca_certificate: str | None
) -> Problem | None:
    """What is wrong when `model` is asked for one token at `base_url`, or None."""
    problem = smoke_problem(base_url, model, key, ca_certificate=ca_certificate)
    if problem is None:
        return None
    name, look = first_broken(base_url, run) or (
        "every process answers",
        f"read {run.logs}",
    )
    return Problem(
        path=problem.path,
        code=problem.code,
        got=f"{problem.got}\nfirst broken link: {name}",
        allowed=problem.allowed,
        fixes=(look, "smoke: false under slipway:checks leaves this check out"),
    )


def first_broken(base_url: str, run: RunDirectory) -> tuple[str, str] | None:
    """What does not answer, and where to look: supervisord, a replica, the gateway; or None."""
    if not run.supervisor_socket.exists():
        return "supervisord: it does not run", "pulumi up --refresh starts it again"
    programs = endpoints.everyone(run) if run.endpoints.is_dir() else []
    if not programs:
        return "replicas: none is in service", f"read {run.logs}"
    for program in programs:
        if not unix_http.answers(Path((run.endpoints / program).read_text()), _READY):
            return f"replica {program}: not ready", f"read {run.logs}/{program}.log"
    address = urlsplit(base_url)
    try:
        socket.create_connection((str(address.hostname), address.port or 80), _SECONDS).close()
    except OSError as error:
        return f"gateway: {error.strerror or error}", f"read {run.logs}"
    return None
