"""The stack's model in its bucket: what replicas read and what the sync job writes."""

from __future__ import annotations

from components.aws.policies.document import Document, Statement, allow, document
from components.aws.policies.scope import PolicyScope


def model_reader(scope: PolicyScope) -> Document:
    """Replicas: the model's keys, and nothing else of the bucket."""
    return document(
        _list(scope),
        allow("ReadModel", ("s3:GetObject",), _keys(scope)),
        *_key(scope, "kms:Decrypt"),
    )


def model_writer(scope: PolicyScope) -> Document:
    """The job that fills it: it reads what is there, and ends uploads that it has begun."""
    return document(
        _list(scope),
        allow(
            "WriteModel",
            (
                "s3:AbortMultipartUpload",
                "s3:GetObject",
                "s3:ListMultipartUploadParts",
                "s3:PutObject",
            ),
            _keys(scope),
        ),
        *_key(scope, "kms:Decrypt", "kms:GenerateDataKey"),
    )


def _list(scope: PolicyScope) -> Statement:
    prefix = scope.asked("bucket_prefix")
    return allow(
        "ListModel",
        ("s3:ListBucket",),
        scope.asked("bucket_arn"),
        condition={"StringLike": {"s3:prefix": [prefix, f"{prefix}/*"]}},
    )


def _keys(scope: PolicyScope) -> str:
    return f"{scope.asked('bucket_arn')}/{scope.asked('bucket_prefix')}/*"


def _key(scope: PolicyScope, *actions: str) -> tuple[Statement, ...]:
    if not scope.bucket_key_arn:
        return ()
    through = {"StringEquals": {"kms:ViaService": f"s3.{scope.region}.amazonaws.com"}}
    return (allow("OpenModel", actions, scope.bucket_key_arn, condition=through),)
