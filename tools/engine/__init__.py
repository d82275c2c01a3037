"""Pulumi's command line and Python language host: found, downloaded or built."""

from __future__ import annotations

from pathlib import Path

from tools.bootstrap.disk import require_free
from tools.bootstrap.errors import ToolError
from tools.bootstrap.lock import exclusive
from tools.bootstrap.progress import say
from tools.engine import build, kept, present, release


def locate() -> Path:
    """The folder whose `pulumi` to use; put it first on PATH. Looks only, installs nothing.

    Raises ToolError where there is none.
    """
    found = present.on_path() or kept.engine().complete()
    if found is None:
        raise ToolError("Pulumi is not installed here: run `make engine`")
    return found


def ensure() -> Path:
    """Like `locate`, but installs what is missing: official release first, then a Go build.

    Raises ToolError with what to install by hand where nothing works.
    """
    found = present.on_path() or kept.engine().complete()
    if found is not None:
        return found
    with exclusive(kept.engine().lock, "installing Pulumi"):
        return kept.engine().complete() or _install()


def _install() -> Path:
    if present.outdated():
        say(f"pulumi on PATH is older than {kept.PULUMI_VERSION} or lacks its Python language host")
    try:
        with kept.engine().assembled() as folder:
            release.download(release.engine_release(), folder)
    except release.UnreachableError as error:
        say(f"official Pulumi release: {error}; building from Go modules instead (about 6 minutes)")
        _build()
    return kept.engine().bin_dir


def _build() -> None:
    try:
        require_free(kept.engine().home.parent, build.DISK_GIGABYTES, "building Pulumi (once)")
        with kept.engine().assembled() as folder:
            build.build_all(folder)
    except ToolError as error:
        raise ToolError(
            f"{error}\nOr install Pulumi {kept.PULUMI_VERSION} or newer yourself, then run the "
            "same command again: https://www.pulumi.com/docs/install/"
        ) from error
