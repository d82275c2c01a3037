"""GitLab: a note of a merge request, an issue."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from tools.bootstrap.progress import say
from tools.ci.comment import drifted
from tools.ci.comment.http import Api, variable
from tools.ci.comment.text import MARK, NOTHING, joined


def here() -> bool:
    """Whether this is a pipeline of GitLab's."""
    return "GITLAB_CI" in os.environ


def comment(texts: Sequence[str]) -> None:
    """Write the note of the merge request that this pipeline is of, or write it again."""
    api, text = _api(), joined(texts)
    path = f"merge_requests/{int(variable('CI_MERGE_REQUEST_IID'))}/notes"
    before = _first(api, path, MARK, "body")
    if before is not None:
        api.ask("PUT", f"{path}/{before['id']}", {"body": text})
    elif NOTHING not in text:
        api.ask("POST", path, {"body": text})
    say(f"merge request: {'written again' if before else 'written'}")


def issue(stack: str, report: str) -> None:
    """Open the issue of a stack that has drifted, or write it again; empty: close it."""
    api = _api()
    before = _first(api, "issues?state=opened", drifted.mark(stack), "description")
    if report:
        body = {"title": drifted.title(stack), "description": drifted.body(stack, report)}
        if before is None:
            api.ask("POST", "issues", body)
        else:
            api.ask("PUT", f"issues/{before['iid']}", body)
    elif before is not None:
        api.ask("POST", f"issues/{before['iid']}/notes", {"body": drifted.GONE})
        api.ask("PUT", f"issues/{before['iid']}", {"state_event": "close"})


def _first(api: Api, path: str, mark: str, key: str) -> dict[str, Any] | None:
    """What the token's own user has written with that mark."""
    own = Api(url=variable("CI_API_V4_URL"), headers=api.headers).ask("GET", "user")["id"]
    return next(
        (
            one
            for one in api.all(path)
            if one["author"]["id"] == own and (one[key] or "").startswith(mark)
        ),
        None,
    )


def _api() -> Api:
    url = f"{variable('CI_API_V4_URL')}/projects/{int(variable('CI_PROJECT_ID'))}"
    return Api(url=url, headers={"PRIVATE-TOKEN": variable("SLIPWAY_NOTE_TOKEN")})
