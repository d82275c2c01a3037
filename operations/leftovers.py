"""Engine processes that outlived a killed `pulumi`: found by folder, never by name alone."""

from __future__ import annotations

from pathlib import Path

from providers.local.process_table import Process, Table, ancestry, own_processes

# The language host, the program it runs, plugins that it runs, and our plugin with the engine's
# address behind its folder: a file of that folder in somebody's editor is no leftover.
_HELPERS = (
    "pulumi-language-python",
    "pulumi.run.plugin",
    "pulumi-resource-",
    "providers/local 127.",
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
    return [
        process
        for process in table.values()
        if any(word in process.command for word in _HELPERS)
        and _in_project(process, project, table)
        and all(owner.name != "pulumi" for owner in ancestry(process, table))
    ]


def _in_project(process: Process, project: Path, table: Table) -> bool:
    # The program may run in a folder of its own; the host that started it is in the project's.
    return any(Path(owner.folder) == project for owner in ancestry(process, table))
