"""Whose cloud, and where."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import InvokeOptions, Output
from pulumi_aws import Provider, get_caller_identity_output


@dataclass(frozen=True, kw_only=True)
class Account:
    """The provider that all components of a stack share."""

    provider: Provider
    id: Output[str]


def account(region: str) -> Account:
    """That of the credentials at hand; its region is the stack's, whatever their own one is."""
    provider = Provider("aws", region=region)
    caller = get_caller_identity_output(opts=InvokeOptions(provider=provider))
    return Account(provider=provider, id=caller.account_id)
