"""Every hand-written bad stack file is refused with exactly the expected message."""

from __future__ import annotations

from pathlib import Path

import pytest

from planning.problems import SettingsError
from planning.stackfile import load_stack_file
from tests.support.golden import assert_golden

FOLDER = Path(__file__).parent / "bad"
FILES = sorted(file.name for file in FOLDER.glob("*.yaml"))
# Texts in the bad files that stand for secrets, and parts of them.
SECRETS = ("0123456789abcdef", "hunter2", "AAABAJ3aX", "MIIEvg", "s3cretvalue", "abcdefghijklmnopq")


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_refused_with_its_message(
    name: str, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.chdir(FOLDER)
    with pytest.raises(SettingsError) as refused:
        load_stack_file(Path(name))
    message = str(refused.value) + "\n"
    assert_golden(pytestconfig, (FOLDER / name).with_suffix(".txt"), message)
    assert not [secret for secret in SECRETS if secret in message]
    for problem in refused.value.problems:
        assert problem.path and problem.got and problem.allowed and problem.fixes


def test_there_are_many_bad_files_and_no_message_without_one() -> None:
    assert len(FILES) >= 60
    assert {file.stem for file in FOLDER.glob("*.txt")} == {Path(name).stem for name in FILES}
