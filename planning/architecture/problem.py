"""A `config.json` that cannot be read as a known model."""

from __future__ import annotations

from planning.problems import Problem


class ArchitectureError(Exception):
    """Holds the one problem; its path is the key of `config.json`."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem.path}: {problem.got}; allowed: {problem.allowed}")


def refused(path: str, code: str, got: str, allowed: str, *fixes: str) -> ArchitectureError:
    return ArchitectureError(Problem(path=path, code=code, got=got, allowed=allowed, fixes=fixes))
