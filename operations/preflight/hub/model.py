"""Whether a model is on the hub at its revision, and whether this token may read it."""

from __future__ import annotations

from dataclasses import dataclass

from operations.preflight.hub.client import Hub
from operations.preflight.hub.replies import ModelReply
from operations.preflight.hub.weights import weights
from operations.preflight.needs import ModelNeeds
from operations.preflight.report import Finding
from planning.problems import Problem

MODEL = "hub-model"
WEIGHTS = "hub-weights"


@dataclass(frozen=True)
class _Refusal:
    """Why the hub gives nothing out."""

    code: str
    got: str
    fixes: tuple[str, ...]


def model(hub: Hub, need: ModelNeeds) -> tuple[Finding, ...]:
    """Findings `hub-model` and `hub-weights`."""
    found = hub.ask(lambda: _read(hub, need), "model")
    subject = subject_of(need)
    if isinstance(found, _Refusal):
        problem = Problem(
            path=need.path,
            code=found.code,
            got=f"{need.repository}, {found.got}",
            allowed="a model that this token may read",
            fixes=found.fixes,
        )
        return (
            Finding(check=MODEL, subject=subject, said=found.got, problems=(problem,)),
            Finding(check=WEIGHTS, subject=subject, said="there is no model", skipped=True),
        )
    gate = f"gated ({found.gated}), this token may read it" if found.gated else "not gated"
    said = f"{gate}, licence {found.licence or 'not stated'}"
    problems = () if found.licence else (_no_licence(need),)
    return (
        Finding(check=MODEL, subject=subject, said=said, problems=problems),
        weights(need, found.siblings, subject),
    )


def subject_of(need: ModelNeeds) -> str:
    return f"{need.repository}@{need.revision[:8]}"


def _read(hub: Hub, need: ModelNeeds) -> ModelReply | _Refusal:
    from huggingface_hub import errors

    page = f"https://huggingface.co/{need.repository}"
    try:
        # What a gated model is and holds is public; whether its files can be had is not.
        hub.api.auth_check(need.repository)
        info = hub.api.model_info(
            need.repository, revision=need.revision, files_metadata=True, timeout=hub.seconds
        )
    except errors.GatedRepoError:
        fixes = (f"ask for access on {page} with the account of this token",)
        return _Refusal("gated", f"gated, {_who(hub)} has no access", fixes)
    except errors.RepositoryNotFoundError:
        fixes = ("correct its name", "set HF_TOKEN of an account that may read it")
        return _Refusal("not-on-hub", f"not there, or private to {_who(hub)}", fixes)
    except errors.RevisionNotFoundError:
        fixes = (f"take a commit of {page}/commits/main",)
        return _Refusal("no-such-revision", f"which has no commit {need.revision}", fixes)
    except errors.DisabledRepoError:
        return _Refusal("disabled", "switched off by the hub", ("choose another model",))
    reply = ModelReply.model_validate(info)
    if reply.sha != need.revision:
        raise ValueError("another revision than asked for")
    return reply


def _who(hub: Hub) -> str:
    return "a reader without token" if hub.token is None else "this token"


def _no_licence(need: ModelNeeds) -> Problem:
    return Problem(
        path=need.path,
        code="licence-not-stated",
        got=f"{need.repository}, whose card names no licence",
        allowed="a model whose licence allows this use",
        fixes=("ask its publisher before others use it",),
        severity="warning",
    )
