"""Errors as AWS's API gives them and as the provider words them."""

from __future__ import annotations

import uuid
from typing import Any

from tests.support.aws_provider.row import Row

_STATUS = {
    "ThrottlingException": 429,
    "ResourceNotFoundException": 404,
    "NoSuchEntity": 404,
    "EntityAlreadyExists": 409,
    "DeleteConflict": 409,
    "ResourceInUseException": 409,
    "BucketNotEmpty": 409,
    "UnauthorizedOperation": 403,
}


class AwsError(Exception):
    """An operation that AWS refused."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class PartlyDoneError(Exception):
    """Made, but not seen to be ready: the engine is told what there is."""

    def __init__(self, identifier: str, state: dict[str, Any], message: str) -> None:
        super().__init__(message)
        self.identifier = identifier
        self.state = state


def worded(error: AwsError, row: Row, verb: str, call: str, name: str) -> str:
    """`creating EC2 Subnet (a): operation error EC2: CreateSubnet, …`."""
    status = _STATUS.get(error.code, 400)
    return (
        f"{verb} {row.label} ({name}): operation error {row.service}: {call}, https response "
        f"error StatusCode: {status}, RequestID: {uuid.uuid4()}, api error {error.code}: "
        f"{error.message}"
    )
