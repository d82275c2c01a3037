"""Prometheus: writes samples to the stack's workspace of Amazon's managed service."""

from __future__ import annotations

from components.aws.policies.document import Document, allow, document
from components.aws.policies.scope import PolicyScope


def prometheus_writer(scope: PolicyScope) -> Document:
    return document(allow("WriteSamples", ("aps:RemoteWrite",), scope.asked("workspace_arn")))
