"""The one error that people see: what happened and what to do."""

from __future__ import annotations


class ModelBuildError(Exception):
    """A model could not be made ready.

    `what` says which key or file and what was found, `fix` what the user can do about it.
    """

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(f"{what}\n  Fix: {fix}")
        self.what = what
        self.fix = fix
