"""`python3 -m tools.ci.comment pull-request|merge-request|issue …`: written once, then again.

Runs from the main branch, with the right to write: nothing of a change is imported or started,
what it has left is text to be checked. Needs Python alone.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.bootstrap.errors import run_main
from tools.ci.comment import github, gitlab
from tools.ci.comment.folder import parts


def main() -> int:
    parser = argparse.ArgumentParser(prog="python3 -m tools.ci.comment", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("pull-request", "merge-request"):
        commands.add_parser(name).add_argument("folder", type=Path, help="with the parts")
    issue = commands.add_parser("issue")
    issue.add_argument("stack")
    issue.add_argument("folder", type=Path, help="with <stack>.md, empty without drift")
    chosen = parser.parse_args()
    if chosen.command == "pull-request":
        github.comment(chosen.folder)
    elif chosen.command == "merge-request":
        gitlab.comment(parts(chosen.folder))
    else:
        # Without the file nobody knows whether it has drifted: this fails, and changes nothing.
        report = (chosen.folder / f"{chosen.stack}.md").read_text(encoding="utf-8")
        (gitlab if gitlab.here() else github).issue(chosen.stack, report)
    return 0


if __name__ == "__main__":
    run_main(main)
