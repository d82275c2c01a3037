"""Files that other processes watch."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from providers.local.files import write_atomically
from providers.local.run_directory import RunDirectory
from providers.plugin.session import OperationError


def test_a_reader_never_sees_half_a_file(tmp_path: Path) -> None:
    file, versions = tmp_path / "f", {letter * 100_000 for letter in "ab"}
    write_atomically(file, "a" * 100_000)
    stop = threading.Event()

    def replace() -> None:
        while not stop.is_set():
            for version in versions:
                write_atomically(file, version)

    writer = threading.Thread(target=replace)
    writer.start()
    seen = {file.read_text() for _ in range(300)}
    stop.set()
    writer.join()
    assert seen <= versions
    assert [path.name for path in tmp_path.iterdir()] == ["f"]


def test_only_the_owner_reads_what_was_written(tmp_path: Path) -> None:
    write_atomically(tmp_path / "keys.json", "secret")
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600


def test_a_sockets_name_stays_short_however_deep_the_checkout_lies(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path.joinpath(*["deeply-nested"] * 20))
    assert len(str(run.sockets / "serving-replica-1000.01234567.sock")) <= 107


def test_a_place_for_sockets_that_others_may_write_to_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_place = tmp_path / "sockets"
    open_place.mkdir()
    open_place.chmod(0o777)
    monkeypatch.setattr("providers.local.run_directory._user_directory", lambda: open_place)
    with pytest.raises(OperationError, match="is not a private folder of this user"):
        RunDirectory(tmp_path / "run").prepare()
