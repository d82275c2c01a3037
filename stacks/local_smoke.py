"""One token through the gateway of this machine after every change of what answers."""

from __future__ import annotations

import pulumi
from pulumi import ResourceHookArgs

from components.specs import LocalSpec
from planning.local import origin
from planning.problems import problem_text
from providers.local.run_directory import RunDirectory
from stacks.gateway import ca_certificate
from stacks.heard_key import HeardKey


class LocalSmokeCheck:
    """Asks with the first of the stack's keys."""

    def __init__(self, spec: LocalSpec, run: RunDirectory, stack_file: str) -> None:
        self._spec, self._run, self._stack_file = spec, run, stack_file
        self.key = HeardKey()

    def ask(self, _: ResourceHookArgs) -> None:
        """Raises pulumi.RunError with the first broken link where nothing answers."""
        from operations.local_smoke import local_smoke_problem  # only after a change

        url = f"{origin(self._spec.gateway)}/v1"
        problem = local_smoke_problem(
            url,
            self._spec.server.model_name,
            self.key.value,
            run=self._run,
            ca_certificate=ca_certificate(self._spec.gateway, self._run),
        )
        if problem is not None:
            raise pulumi.RunError(problem_text((problem,), origin=self._stack_file))
        pulumi.log.info(f"{url} answers")
