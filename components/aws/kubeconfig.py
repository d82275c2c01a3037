"""How programs reach the cluster: no token lies in it, each asks for its own."""

from __future__ import annotations

import json
from collections.abc import Sequence


def kubeconfig(
    *, name: str, region: str, endpoint: str, certificate_authority: str, command: Sequence[str]
) -> str:
    """As JSON, which is YAML too; `{cluster}` and `{region}` in `command` are replaced.

    The command runs where the program runs that reads this: `pulumi` in the project's folder.
    """
    words = [word.replace("{cluster}", name).replace("{region}", region) for word in command]
    exec_ = {
        "apiVersion": "client.authentication.k8s.io/v1",
        "command": words[0],
        "args": words[1:],
        "interactiveMode": "Never",
        "provideClusterInfo": False,
    }
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [
            {
                "name": name,
                "cluster": {
                    "server": endpoint,
                    "certificate-authority-data": certificate_authority,
                },
            }
        ],
        "users": [{"name": name, "user": {"exec": exec_}}],
        "contexts": [{"name": name, "context": {"cluster": name, "user": name}}],
        "current-context": name,
    }
    return json.dumps(config, sort_keys=True)
