"""The dev stack's own state: private, sourceable, and never silently lost."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import pytest

from tools.bootstrap.errors import ToolError
from tools.stack import salt, state


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout in a folder whose name needs quoting, with a stack file."""
    folder = tmp_path / "my $HOME checkout's"
    folder.mkdir()
    monkeypatch.setattr(state, "STATE", folder / ".slipway")
    monkeypatch.setattr(state, "VENV", folder / ".venv")
    for module in (salt, state):
        monkeypatch.setattr(module, "STACK_FILE", folder / "Pulumi.dev.yaml")
    salt.STACK_FILE.write_text("config:\n  slipway:target: local\n")
    return folder


def test_the_passphrase_is_private_and_stays(checkout: Path) -> None:
    state.prepare(Path("/engine"))
    passphrase = checkout / ".slipway" / "passphrase"
    first = passphrase.read_text()
    assert stat.S_IMODE(passphrase.stat().st_mode) == 0o600
    assert stat.S_IMODE(passphrase.parent.stat().st_mode) == 0o700
    state.prepare(Path("/engine"))
    assert passphrase.read_text() == first
    assert len(first) >= 40


def test_the_file_to_source_gives_what_make_up_uses(checkout: Path) -> None:
    env = state.prepare(Path("/engine dir"))
    names = ["PULUMI_HOME", "PULUMI_BACKEND_URL", "PULUMI_CONFIG_PASSPHRASE_FILE", "PATH"]
    script = f". '{checkout.parent}'/my*/.slipway/env; printf '%s\\n' " + " ".join(
        f'"${name}"' for name in names
    )
    told = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines() == [env[name] for name in names]


def test_a_passphrase_of_the_persons_own_does_not_overrule_the_file(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "something else")
    assert "PULUMI_CONFIG_PASSPHRASE" not in state.prepare(Path("/engine"))


def test_a_lost_passphrase_is_not_replaced_while_state_needs_it(checkout: Path) -> None:
    state.prepare(Path("/engine"))
    stack = checkout / ".slipway" / "state" / ".pulumi" / "stacks" / "slipway" / "dev.json"
    stack.parent.mkdir(parents=True)
    stack.write_text("{}")
    (checkout / ".slipway" / "passphrase").unlink()
    with pytest.raises(ToolError, match=r"passphrase is gone, but the state"):
        state.prepare(Path("/engine"))


def test_a_strangers_salt_goes_when_nothing_is_encrypted_with_it(checkout: Path) -> None:
    before = salt.STACK_FILE.read_text()
    salt.STACK_FILE.write_text(before + "encryptionsalt: v1:abc=\n")
    state.prepare(Path("/engine"))
    assert salt.STACK_FILE.read_text() == before


def test_secret_values_of_a_lost_passphrase_are_not_thrown_away(checkout: Path) -> None:
    text = "config:\n  slipway:key:\n    secure: v1:abc\nencryptionsalt: v1:abc=\n"
    salt.STACK_FILE.write_text(text)
    with pytest.raises(ToolError, match="passphrase that is not here"):
        state.prepare(Path("/engine"))
    assert salt.STACK_FILE.read_text() == text
