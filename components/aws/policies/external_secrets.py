"""External Secrets: reads this stack's secrets, and no other."""

from __future__ import annotations

from components.aws.policies.document import Document, Statement, allow, document
from components.aws.policies.scope import PolicyScope


def external_secrets(scope: PolicyScope) -> Document:
    """Raises ValueError where the stack has no secret."""
    if not scope.secret_arns:
        raise ValueError("the policy needs secret_arns")
    read: tuple[str, ...] = ("secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue")
    return document(allow("ReadSecrets", read, *scope.secret_arns), *_key(scope))


def _key(scope: PolicyScope) -> tuple[Statement, ...]:
    if not scope.secret_key_arn:
        return ()
    through = {"StringEquals": {"kms:ViaService": f"secretsmanager.{scope.region}.amazonaws.com"}}
    return (allow("OpenSecrets", ("kms:Decrypt",), scope.secret_key_arn, condition=through),)
