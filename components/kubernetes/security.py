"""What Pod Security `restricted` asks of a pod and of a container, and a little more."""

from __future__ import annotations

from components.kubernetes.manifest import Manifest


def pod_security(user: int, group: int) -> Manifest:
    """`user` and `group` are numeric, never 0; volumes are the group's."""
    return {
        "runAsNonRoot": True,
        "runAsUser": user,
        "runAsGroup": group,
        "fsGroup": group,
        # Changing the owner of every weight file at each start would take minutes.
        "fsGroupChangePolicy": "OnRootMismatch",
        "seccompProfile": {"type": "RuntimeDefault"},
    }


def container_security() -> Manifest:
    return {
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
        "privileged": False,
        "readOnlyRootFilesystem": True,
    }
