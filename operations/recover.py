"""After a killed `pulumi`: free the lock, end what nobody owns, make state and machine agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from components.local.place import run_directory
from operations.adoption.run import adopt_half_made
from operations.leftovers import leftovers, running_engines
from operations.lost_endpoints import lost_endpoints, namespaces, tell_or_delete
from operations.pulumi_cli import PulumiCli
from providers.local import daemon, endpoints, processes
from providers.local.programs import Programs
from providers.local.run_directory import RunDirectory
from providers.plugin.session import Session

_GRACE_SECONDS = 5.0


class StillRunningError(Exception):
    """A `pulumi` runs in this project, so nothing may be taken from under it."""


def recover(
    project: Path,
    pulumi: PulumiCli,
    say: Callable[[str], None],
    *,
    hf_namespaces: Sequence[str] = (),
    delete_lost: bool = False,
) -> None:
    """Bring the stack into a state from which one `pulumi up` or `pulumi destroy` converges.

    `hf_namespaces` are looked through for lost endpoints beside those of the state; `delete_lost`
    deletes them, where a later `up` could take them over. Raises StillRunningError, PulumiCliError
    where a command of Pulumi's fails, and OperationError.
    """
    engines = running_engines(project)
    if engines:
        raise StillRunningError(
            f"{engines[0].command.strip()} (pid {engines[0].pid}) still runs here.\n"
            "Wait for it or end it, then run this again."
        )
    _end_leftovers(project, say)
    say("freeing the stack's lock (pulumi cancel)")
    pulumi.cancel()
    adopt_half_made(pulumi, say)
    say("comparing state and machine (pulumi refresh)")
    pulumi.refresh()
    name, resources, session = pulumi.project(), pulumi.resources(), Session(report=say, keep=say)
    _stop_unknown(RunDirectory.of(run_directory(name, pulumi.stack)), resources, session)
    for namespace in namespaces(resources, [*pulumi.hf_namespaces(), *hf_namespaces]):
        say(f"looking for lost endpoints in {namespace}")
        lost = lost_endpoints(name, pulumi.stack, resources, namespace, session)
        tell_or_delete(namespace, lost, delete=delete_lost, session=session, say=say)


def _end_leftovers(project: Path, say: Callable[[str], None]) -> None:
    left = leftovers(project)
    for process in left:
        say(f"ending {process.name} (pid {process.pid}), which a killed pulumi left behind")
    processes.end([process.pid for process in left], grace_seconds=_GRACE_SECONDS)


def _stop_unknown(run: RunDirectory, resources: list[dict[str, Any]], session: Session) -> None:
    """Stop what runs on this machine although the state does not know it."""
    if not any(resource["type"] == "local:index:Supervisor" for resource in resources):
        if run.path.exists() or processes.of_stack(run):
            session.report("stopping processes that the state does not know")
            daemon.stop(run, session)
        return
    programs = Programs(run)
    if not programs.reachable():
        return
    lost = processes.unsupervised(run, programs.supervisor())
    if lost:
        session.report("ending a model build that a killed pulumi left behind")
        processes.end(lost, grace_seconds=_GRACE_SECONDS)
    known = {resource["program"] for resource in resources if "program" in resource}
    for name in sorted(set(programs.states()) - known):
        session.report(f"stopping {name}, which the state does not know")
        endpoints.unregister(run, [name], session)
        programs.remove(name, session)
