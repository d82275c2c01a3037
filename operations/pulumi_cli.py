"""The few commands of Pulumi that recovery needs."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from operations.checkpoint import UNREADABLE, mend


class PulumiCliError(Exception):
    """A command failed; the message is what it printed."""


@dataclass(frozen=True)
class PulumiCli:
    """`pulumi` on PATH, for one stack of the project in `folder`."""

    folder: Path
    stack: str

    @staticmethod
    def selected(folder: Path) -> PulumiCli:
        """The stack that `pulumi stack select` chose."""
        return PulumiCli(folder, _run(folder, "stack", "--show-name").strip())

    def cancel(self) -> None:
        """Free the lock; a checkpoint that a killed engine was writing is mended before it."""
        try:
            self._on_stack("cancel", "--yes")
        except PulumiCliError as error:
            whoami = json.loads(_run(self.folder, "whoami", "--verbose", "--json"))
            if UNREADABLE not in str(error) or not mend(whoami["url"], self.project(), self.stack):
                raise
            self._on_stack("cancel", "--yes")

    def refresh(self) -> None:
        """Drop what is gone and forget creates that never finished: `up` begins them again."""
        self._on_stack("refresh", "--yes", "--skip-preview", "--clear-pending-creates")

    def export(self) -> dict[str, Any]:
        """The state as it is kept; secrets stay encrypted."""
        return json.loads(self._on_stack("stack", "export"))

    def import_state(self, state: dict[str, Any]) -> None:
        """Put a changed `export` in the place of the state; Pulumi checks that it is whole."""
        self._on_stack("stack", "import", content=json.dumps(state))

    def outputs(self) -> dict[str, Any]:
        """Of the stack; secrets are masked."""
        return json.loads(self._on_stack("stack", "output", "--json"))

    def resources(self) -> list[dict[str, Any]]:
        """Type and plain outputs of each resource in the state; secrets stay encrypted."""
        state: dict[str, Any] = self.export()["deployment"]
        resources: list[dict[str, Any]] = state.get("resources") or []
        return [{**each.get("outputs", {}), "type": each["type"]} for each in resources]

    def known_on_aws(self) -> set[str]:
        """Ids and ARNs of the state's resources on AWS."""
        resources: list[dict[str, Any]] = self.export()["deployment"].get("resources") or []
        aws = [each for each in resources if each["type"].startswith("aws:")]
        named = [name for each in aws for name in (each.get("id"), each["outputs"].get("arn"))]
        return {str(name) for name in named if name}

    def hf_namespaces(self) -> list[str]:
        """What the stack file names under `slipway:huggingFace.namespace`."""
        config: dict[str, Any] = json.loads(self._on_stack("config", "--json"))
        section: dict[str, Any] = config.get("slipway:huggingFace", {}).get("objectValue") or {}
        return [str(section["namespace"])] if "namespace" in section else []

    def project(self) -> str:
        """The project's name."""
        return str(yaml.safe_load((self.folder / "Pulumi.yaml").read_text())["name"])

    def _on_stack(self, *arguments: str, content: str = "") -> str:
        return _run(self.folder, *arguments, "--stack", self.stack, content=content)


def _run(folder: Path, *arguments: str, content: str = "") -> str:
    """What it prints; `content` is its standard input."""
    try:
        finished = subprocess.run(
            ["pulumi", *arguments, "--non-interactive"],
            cwd=folder,
            input=content,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise PulumiCliError("`pulumi` is not on PATH: `source .slipway/env` first") from None
    if finished.returncode:
        raise PulumiCliError(
            f"`pulumi {' '.join(arguments)}` failed:\n{finished.stdout}{finished.stderr}".rstrip()
        )
    return finished.stdout
