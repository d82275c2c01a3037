"""Every policy document of a stack, each for one example of where it holds."""

from __future__ import annotations

from dataclasses import replace

from components.aws.policies import POD_POLICIES, Document, PolicyScope, node

SCOPE = PolicyScope(
    partition="aws",
    region="us-east-1",
    account_id="111122223333",
    cluster_name="chat-prod",
    vpc_arn="arn:aws:ec2:us-east-1:111122223333:vpc/vpc-0a1b2c",
    node_role_arn="arn:aws:iam::111122223333:role/slipway/chat-prod-nodes",
    queue_arn="arn:aws:sqs:us-east-1:111122223333:chat-prod-interruptions",
    bucket_arn="arn:aws:s3:::chat-prod-weights-1f2e",
    bucket_prefix="meta-llama/Llama-3.1-8B-Instruct",
    secret_arns=("arn:aws:secretsmanager:us-east-1:111122223333:secret:chat-prod-keys-a1b2c3",),
    workspace_arn="arn:aws:aps:us-east-1:111122223333:workspace/ws-1",
)
KEYED = replace(
    SCOPE,
    bucket_key_arn="arn:aws:kms:us-east-1:111122223333:key/1",
    secret_key_arn="arn:aws:kms:us-east-1:111122223333:key/2",
    cache_prefix="chat-prod-cache",
)


def documents() -> dict[str, Document]:
    """By the name of a golden: all as they are, and those that a key or a cache adds to."""
    plain = {name: make(SCOPE) for name, make in POD_POLICIES.items()}
    keyed = {f"{name}-with-key": POD_POLICIES[name](KEYED) for name in _OF_KEYS}
    return {**plain, **keyed, "node": node(SCOPE), "node-with-cache": node(KEYED)}


_OF_KEYS = ("model-reader", "model-writer", "external-secrets")
