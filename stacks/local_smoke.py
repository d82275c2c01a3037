"""The smoke check of processes on this machine."""

from __future__ import annotations

from components.specs import LocalSpec
from planning.local import origin
from planning.problems import Problem
from providers.local.run_directory import RunDirectory
from stacks.gateway import ca_certificate
from stacks.smoke import SmokeCheck


def local_smoke(spec: LocalSpec, run: RunDirectory, stack_file: str) -> SmokeCheck:
    url = f"{origin(spec.gateway)}/v1"

    def look(key: str) -> Problem | None:
        from operations.local_smoke import local_smoke_problem  # only after a change

        ca = ca_certificate(spec.gateway, run)
        name = spec.server.model_name
        return local_smoke_problem(url, name, key, run=run, ca_certificate=ca)

    return SmokeCheck(url, look, stack_file)
