"""`python3 rootfs.py ROOT PACKAGES`: a root with this Python and what it needs, and nothing else.

Python, its standard library and the shared libraries that these and PACKAGES need are copied from
where they lie. A shell, a package manager and the rest of the base stay behind. Where the base has
dpkg, scanners find what was taken, and its licences, as in Debian's distroless images.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

_MODULES = (
    *("curses", "dbm", "distutils", "ensurepip", "idlelib", "lib2to3", "pydoc_data", "sqlite3"),
    *("test", "tkinter", "turtle.py", "turtledemo", "unittest", "venv", "xmlrpc"),
    *("_pydecimal.py", "doctest.py", "mailbox.py", "pickletools.py", "pydoc.py"),
)
_EXTENSIONS = (
    *("_codecs_", "_curses", "_dbm", "_gdbm", "_sqlite3", "_test", "_tkinter"),
    *("nis", "readline", "xx"),
)
_LEFT = (
    *_MODULES,
    *(f"{name}*.so" for name in _EXTENSIONS),
    *("config-*", "dist-packages", "site-packages", "__pycache__"),
)
_FILES = ("/etc/ld.so.cache", "/etc/os-release")
_USERS = {"passwd": "nonroot:x:65532:65532::/:/sbin/nologin\n", "group": "nonroot:x:65532:\n"}


def main() -> None:
    root, packages = map(Path, sys.argv[1:])
    called = Path(str(shutil.which("python3")))
    program, standard = called.resolve(), Path(sysconfig.get_path("stdlib"))
    for name in ("bin", "lib", "lib64"):
        if (link := Path("/", name)).is_symlink():
            _within(root, link).symlink_to(link.readlink())
    shutil.copytree(standard, _within(root, standard), ignore=shutil.ignore_patterns(*_LEFT))
    programs = [program, *_within(root, standard).rglob("*.so"), *packages.rglob("*.so*")]
    taken = [program, *sorted(_libraries(programs, packages))]
    for file in (*taken, *(Path(name) for name in _FILES if Path(name).exists())):
        shutil.copy(file, _within(root, file))
    if called != program:
        _within(root, called).symlink_to(program)
    for name, line in _USERS.items():
        (root / "etc" / name).write_text(line)
    (root / "tmp").mkdir(mode=0o1777)
    (root / "tmp").chmod(0o1777)
    if shutil.which("dpkg-query"):
        for package in {name for file in taken for name in _owners(file)}:
            _say(root, package)


def _within(root: Path, path: Path) -> Path:
    """Where `path` goes, its folder made; through the links of folders, not through its own."""
    place = root / (path.parent.resolve() / path.name).relative_to("/")
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _libraries(files: Iterable[Path], packages: Path) -> Iterator[Path]:
    """Shared libraries that these need and PACKAGES do not bring themselves."""
    for file in files:
        found = subprocess.run(["ldd", file], capture_output=True, text=True, check=True).stdout
        if missing := re.search(r"\S+ => not found", found):
            raise SystemExit(f"{file}: {missing[0]}")
        for name in re.findall(r"(/\S+) \(0x", found):
            if not (path := Path(name)).resolve().is_relative_to(packages):
                yield path


def _owners(file: Path) -> list[str]:
    """Debian packages of a file, whichever of /lib and /usr/lib it was packed for."""
    pattern = f"*/{file.parent.name}/{file.name}"
    found = subprocess.run(["dpkg-query", "--search", pattern], capture_output=True, text=True)
    return re.findall(r"^([^\s:]+)", found.stdout, re.MULTILINE)


def _say(root: Path, package: str) -> None:
    status = root / "var/lib/dpkg/status.d" / package
    status.parent.mkdir(parents=True, exist_ok=True)
    asked = ["dpkg-query", "--status", package]
    status.write_text(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)
    licence = Path("/usr/share/doc", package, "copyright")
    if licence.exists():
        shutil.copy(licence, _within(root, licence))


if __name__ == "__main__":
    main()
