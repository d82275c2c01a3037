"""One token through the gateway after every change of what answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pulumi
from pulumi import Output, ResourceHookArgs

from planning.problems import Problem, problem_text


class SmokeCheck:
    """Asks with the first of the stack's keys. It is known before the gateway stands, which is
    made of it."""

    def __init__(self, who: str, look: Callable[[str], Problem | None], stack_file: str) -> None:
        """`look` takes the key and returns what is wrong; `who` is said to answer where nothing
        is."""
        self._who, self._look, self._stack_file = who, look, stack_file
        self._key = "none"  # sent where nobody needs a key

    def hear(self, keys: Mapping[str, Output[str]]) -> None:
        for key in list(keys.values())[:1]:
            key.apply(self._hear)

    def ask(self, _: ResourceHookArgs) -> None:
        """Raises pulumi.RunError with the first broken link where nothing answers."""
        problem = self._look(self._key)
        if problem is not None:
            raise pulumi.RunError(problem_text((problem,), origin=self._stack_file))
        pulumi.log.info(f"{self._who} answers")

    def _hear(self, key: str) -> None:
        self._key = key
