"""What the dev stack keeps under `.slipway/`: Pulumi's state, a passphrase, a file to source."""

from __future__ import annotations

import os
import secrets
import shlex
from pathlib import Path

from tools.bootstrap.errors import ToolError
from tools.bootstrap.paths import STATE, VENV
from tools.cluster.layout import BUILDX_CONFIG
from tools.engine import providers
from tools.stack.salt import STACK_FILE, drop_unused_salt

_PASSPHRASE_BYTES = 32


def prepare(engine: Path) -> dict[str, str]:
    """Make `.slipway/` where needed, write `.slipway/env`, return the environment for `pulumi`.

    Raises ToolError when there is state but the passphrase that encrypts it is gone.
    """
    STATE.mkdir(mode=0o700, exist_ok=True)
    backend = STATE / "state"
    backend.mkdir(exist_ok=True)
    passphrase = STATE / "passphrase"
    if not passphrase.exists():
        _new_passphrase(passphrase, backend)
    values = {
        "PULUMI_HOME": str(STATE / "home"),
        "PULUMI_BACKEND_URL": backend.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE_FILE": str(passphrase),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        **_builder(),
    }
    folders = os.pathsep.join(map(str, (engine, *providers.locate(), VENV / "bin")))
    _write_env_file(values, folders)
    inherited = {k: v for k, v in os.environ.items() if k != "PULUMI_CONFIG_PASSPHRASE"}
    return {**inherited, **values, "PATH": f"{folders}{os.pathsep}{os.environ['PATH']}"}


def _builder() -> dict[str, str]:
    """Where buildx finds the builder of this machine's cluster, while there is one."""
    if "BUILDX_CONFIG" in os.environ or not BUILDX_CONFIG.exists():
        return {}
    return {"BUILDX_CONFIG": str(BUILDX_CONFIG)}


def _new_passphrase(path: Path, backend: Path) -> None:
    if any(backend.rglob("stacks/**/*.json")):
        raise ToolError(
            f"{path} is gone, but the state beside it is encrypted with it. Put the file back, or "
            f"give the stack up: end its processes, then remove {backend}"
        )
    if not drop_unused_salt():
        raise ToolError(
            f"{STACK_FILE.name} holds secret values encrypted with a passphrase that is not here. "
            f"Put it into {path}, or remove the `secure:` values and the `encryptionsalt`."
        )
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(_PASSPHRASE_BYTES))


def _write_env_file(values: dict[str, str], folders: str) -> None:
    lines = [f"export {name}={shlex.quote(value)}" for name, value in values.items()]
    text = "\n".join(
        [
            "# Written by `make up`. Source it to use plain `pulumi` on the dev stack.",
            "unset PULUMI_CONFIG_PASSPHRASE",
            *lines,
            f'export PATH={shlex.quote(folders)}"{os.pathsep}$PATH"',
        ]
    )
    (STATE / "env").write_text(f"{text}\n")
