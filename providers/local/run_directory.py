"""Where one stack's processes keep their files: private to the user."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from providers.plugin.session import OperationError

ROOT = Path(__file__).resolve().parents[2]

MARKER = "SLIPWAY_RUN"
"""Environment variable that every process of a stack carries, so that none is ever lost."""


@dataclass(frozen=True)
class RunDirectory:
    """The folder of one stack, and the short private one that holds its sockets."""

    path: Path

    @staticmethod
    def of(text: str) -> RunDirectory:
        """`text` is absolute or relative to the checkout, so that state names no machine path."""
        return RunDirectory(ROOT / text)

    @property
    def programs(self) -> Path:
        """supervisord's program files."""
        return self.path / "programs"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def endpoints(self) -> Path:
        """One file per replica in service; its content is the replica's socket."""
        return self.path / "endpoints"

    @property
    def gateway(self) -> Path:
        """Envoy's working directory."""
        return self.path / "gateway"

    @property
    def sockets(self) -> Path:
        # A unix socket's path has at most 107 bytes, and a checkout may lie deeper than that.
        digest = hashlib.sha256(str(self.path).encode()).hexdigest()[:10]
        return _user_directory() / digest

    @property
    def supervisor_socket(self) -> Path:
        return self.sockets / "supervisor.sock"

    def prepare(self) -> None:
        """Make all folders. Raises OperationError where another user owns the sockets' place."""
        self.path.mkdir(parents=True, exist_ok=True)
        self.path.chmod(0o700)
        for folder in (self.programs, self.logs, self.endpoints, self.gateway):
            folder.mkdir(mode=0o700, exist_ok=True)
        _make_private(_user_directory())
        _make_private(self.sockets)

    def remove(self) -> None:
        """Delete everything of the stack; absent is fine."""
        shutil.rmtree(self.sockets, ignore_errors=True)
        shutil.rmtree(self.path, ignore_errors=True)


def _user_directory() -> Path:
    return Path("/tmp") / f"slipway-{os.getuid()}"  # noqa: S108 - private: see _make_private


def _make_private(path: Path) -> None:
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise OperationError(
            f"{path} is not a private folder of this user, so it cannot hold the stack's sockets.\n"
            f"Remove it (or ask its owner to) and run again."
        )
