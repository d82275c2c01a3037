"""Engine processes that outlived a killed `pulumi`: found by folder, never by name alone."""

from __future__ import annotations

from pathlib import Path

import yaml

from providers.local.process_table import Process, ancestry, own_processes

# The language host, the program it runs, plugins that it runs, and our plugin with the engine's
# address behind its folder: a file of that folder in somebody's editor is no leftover.
_HELPERS = (
    "pulumi-language-python",
    "pulumi.run.plugin",
    "pulumi-resource-",
    "providers/local 127.",
    "providers/huggingface 127.",
)


def running_engines(project: Path) -> list[Process]:
    """`pulumi` commands that run in `project`'s folder now."""
    return [
        process
        for process in own_processes().values()
        if process.name == "pulumi" and Path(process.folder) == project
    ]


def leftovers(project: Path) -> list[Process]:
    """Language hosts, programs and plugins of `project` that no living `pulumi` owns."""
    table = own_processes()
    folders = {project, _program_folder(project)}
    return [
        process
        for process in table.values()
        if any(word in process.command for word in _HELPERS)
        and any(Path(owner.folder) in folders for owner in ancestry(process, table))
        and all(owner.name != "pulumi" for owner in ancestry(process, table))
    ]


def _program_folder(project: Path) -> Path:
    """`main` of the project: the language host works there."""
    file = project / "Pulumi.yaml"
    if not file.is_file():
        return project
    main = (project / yaml.safe_load(file.read_text()).get("main", ".")).resolve()
    return main.parent if main.is_file() else main
