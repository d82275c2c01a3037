"""A stack of the real Pulumi engine: own home, own file backend, own passphrase, own folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tools.engine import locate, providers

ROOT = Path(__file__).resolve().parents[2]
# The first `up` on a machine installs a conversion environment and converts a model.
_LIMIT_SECONDS = 1800


class PulumiError(AssertionError):
    """A command failed that should not; the message is all its output."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a run of the engine did."""

    code: int
    text: str
    """Everything it printed."""
    operations: Mapping[str, str]
    """Logical name -> operation (`create`, `update`, `delete`, …) of all that did not stay same."""


@dataclass
class PulumiStack:
    """A project in `folder` whose program is the folder or file `main`, with one stack."""

    folder: Path
    main: Path
    project: str
    name: str = "dev"
    config: dict[str, Any] = field(default_factory=dict[str, Any])
    """Keys with namespace; written into the stack file before each command."""
    variables: dict[str, str] = field(default_factory=dict[str, str])

    _settled: str = ""
    """The configuration that the last `up` has brought about."""

    def __post_init__(self) -> None:
        for part in ("home", "state"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        project = {
            "name": self.project,
            "main": str(self.main),
            "runtime": {
                "name": "python",
                "options": {"toolchain": "uv", "virtualenv": str(ROOT / ".venv")},
            },
            "plugins": {
                "providers": [
                    {"name": name, "path": str(ROOT / "providers" / name)}
                    for name in ("local", "huggingface")
                ]
            },
        }
        (self.folder / "Pulumi.yaml").write_text(json.dumps(project))
        self.run("stack", "init", self.name)

    @property
    def environment(self) -> dict[str, str]:
        folders = [locate(), *providers.locate(), Path(sys.executable).parent]
        own = {
            "PULUMI_HOME": str(self.folder / "home"),
            "PULUMI_BACKEND_URL": f"file://{self.folder / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": "test",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            # No plugin of an SDK that is installed and not used is looked for on the Internet.
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_DEBUG_COMMANDS": "true",  # makes --event-log a flag
            "PYTHONPATH": str(ROOT),  # for programs outside the checkout's top folder
            "PATH": os.pathsep.join([*map(str, folders), os.environ["PATH"]]),
        }
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("PULUMI_")}
        return {**inherited, **own, **self.variables}

    def up(self, *options: str, check: bool = True) -> Outcome:
        outcome = self._operate("up", "--yes", "--skip-preview", *options, check=check)
        self._settled = "" if outcome.code else json.dumps(self.config)
        return outcome

    def settle(self) -> None:
        """`up`, unless the last one was with this configuration."""
        if self._settled != json.dumps(self.config):
            self.up()

    def preview(self, *options: str, check: bool = True) -> Outcome:
        return self._operate("preview", *options, check=check)

    def refresh(self, *options: str) -> Outcome:
        return self._operate("refresh", "--yes", "--skip-preview", *options, check=True)

    def destroy(self, *options: str, check: bool = True) -> Outcome:
        self._settled = ""
        return self._operate("destroy", "--yes", "--skip-preview", *options, check=check)

    def outputs(self) -> dict[str, Any]:
        return json.loads(self.run("stack", "output", "--json", "--show-secrets"))

    def secret(self, key: str, value: str) -> None:
        """Set an encrypted configuration value; it stays through later changes of `config`."""
        self.write_config()
        self.run("config", "set", "--secret", key, value)
        path = self.folder / f"Pulumi.{self.name}.yaml"
        self.config[key] = yaml.safe_load(path.read_text())["config"][key]

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Begin a command and leave it running, in a process group of its own."""
        self.write_config()
        return subprocess.Popen(
            ["pulumi", *arguments, "--non-interactive"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str, check: bool = True) -> str:
        """Run a command to its end; what it printed."""
        return self._run(*arguments, check=check)[1]

    def write_config(self) -> None:
        path = self.folder / f"Pulumi.{self.name}.yaml"
        kept = {}
        if path.exists():
            lines = path.read_text().splitlines()
            kept = dict(line.split(": ", 1) for line in lines if line.startswith("encryptionsalt"))
        content = {**kept, "config": self.config}
        path.write_text("".join(f"{key}: {_yaml(value)}\n" for key, value in content.items()))

    def _operate(self, *arguments: str, check: bool) -> Outcome:
        self.write_config()
        events = self.folder / "events.json"
        events.unlink(missing_ok=True)
        code, text = self._run(*arguments, "--event-log", str(events), check=check)
        return Outcome(code=code, text=text, operations=_operations(events))

    def _run(self, *arguments: str, check: bool) -> tuple[int, str]:
        finished = subprocess.run(
            ["pulumi", *arguments, "--non-interactive"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_LIMIT_SECONDS,
            check=False,
        )
        if check and finished.returncode:
            raise PulumiError(f"pulumi {' '.join(arguments)}\n{finished.stdout}{finished.stderr}")
        output = finished.stdout if check else finished.stdout + finished.stderr
        return finished.returncode, output


def _yaml(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _operations(events: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in events.read_text().splitlines() if events.exists() else ():
        event = json.loads(line)
        # A refresh tells what it found only afterwards, a failed step only before.
        for kind in ("resourcePreEvent", "resOutputsEvent"):
            step = event.get(kind, {}).get("metadata")
            if step and step["op"] not in ("same", "refresh", "read"):
                found[step["urn"].rpartition("::")[2]] = step["op"]
    return found
