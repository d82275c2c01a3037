"""GitHub: a comment of a pull request, an issue."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tools.bootstrap.errors import ToolError
from tools.bootstrap.progress import say
from tools.ci.comment import drifted
from tools.ci.comment.folder import number, parts
from tools.ci.comment.http import Api, variable
from tools.ci.comment.text import MARK, NOTHING, joined

BOT = "github-actions[bot]"
"""Whose comments the token of a workflow may have written."""


def comment(folder: Path) -> None:
    """Write the comment of the pull request whose run has left `folder`, or write it again.

    The number comes from code of the change, so it counts only if that pull request's head is the
    commit that the run was of (`$HEAD_SHA`, which GitHub says). Raises ToolError where it is not.
    """
    found, text = number(folder), joined(parts(folder))
    api, head = _api(), variable("HEAD_SHA")
    if not re.fullmatch(r"[0-9a-f]{40}", head):
        raise ToolError("$HEAD_SHA is no commit")
    pull = api.ask("GET", f"pulls/{found}")
    if pull["head"]["sha"] != head:
        raise ToolError(f"the run was of {head}, which is not the head of pull request {found}")
    path = f"issues/{found}/comments"
    before = next((one for one in api.all(path) if _ours(one, MARK)), None)
    if before is not None:
        api.ask("PATCH", f"issues/comments/{before['id']}", {"body": text})
    elif NOTHING not in text:
        api.ask("POST", path, {"body": text})
    say(f"pull request {found}: {'written again' if before else 'written'}")


def issue(stack: str, report: str) -> None:
    """Open the issue of a stack that has drifted, or write it again; empty: close it."""
    api, mark = _api(), drifted.mark(stack)
    before = next((one for one in api.all("issues?state=open") if _ours(one, mark)), None)
    if report:
        body = {"title": drifted.title(stack), "body": drifted.body(stack, report)}
        if before is None:
            api.ask("POST", "issues", body)
        else:
            api.ask("PATCH", f"issues/{before['number']}", body)
    elif before is not None:
        api.ask("POST", f"issues/{before['number']}/comments", {"body": drifted.GONE})
        api.ask("PATCH", f"issues/{before['number']}", {"state": "closed"})


def _ours(one: dict[str, Any], mark: str) -> bool:
    return one["user"]["login"] == BOT and (one["body"] or "").startswith(mark)


def _api() -> Api:
    headers = {
        "Authorization": f"Bearer {variable('GITHUB_TOKEN')}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    url = f"{variable('GITHUB_API_URL')}/repos/{variable('GITHUB_REPOSITORY')}"
    return Api(url=url, headers=headers)
