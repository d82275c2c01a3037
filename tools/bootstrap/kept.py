"""Installed programs: one folder of the cache per content of the committed files that pin them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.bootstrap.paths import cache_dir


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A set of programs that is there whole or not at all."""

    room: str
    """Folder of the cache."""
    version: str
    pins: Sequence[Path]
    """Files whose content decides what is built: go.mod, go.sum, own sources."""
    programs: Sequence[str]

    @property
    def home(self) -> Path:
        """`<cache>/<room>/<version>-<hash of the pins>`."""
        digest = hashlib.sha256()
        for pin in self.pins:
            digest.update(pin.read_bytes())
        return cache_dir() / self.room / f"{self.version}-{digest.hexdigest()[:12]}"

    @property
    def bin_dir(self) -> Path:
        return self.home / "bin"

    @property
    def lock(self) -> Path:
        return self.home.parent / f"{self.home.name}.lock"

    def complete(self) -> Path | None:
        """The folder of programs if all of them are there."""
        folder = self.bin_dir
        return folder if all((folder / name).is_file() for name in self.programs) else None

    @contextmanager
    def assembled(self) -> Generator[Path]:
        """A scratch folder that becomes `bin_dir` in one rename, if the block succeeds."""
        self.home.mkdir(parents=True, exist_ok=True)
        scratch = self.home / "bin.part"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        try:
            yield scratch
            missing = [name for name in self.programs if not (scratch / name).is_file()]
            assert not missing, f"{self.room} without {missing}"
            shutil.rmtree(self.bin_dir, ignore_errors=True)
            scratch.replace(self.bin_dir)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
