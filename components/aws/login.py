"""A login to the account's registry, for who builds images: it ends after twelve hours."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import InvokeOptions, Output
from pulumi_aws import ecr

from components.aws.account import Account


@dataclass(frozen=True, kw_only=True)
class RegistryLogin:
    user: Output[str]
    password: Output[str]
    """A secret."""


def registry_login(owner: Account) -> RegistryLogin:
    token = ecr.get_authorization_token_output(opts=InvokeOptions(provider=owner.provider))
    return RegistryLogin(user=token.user_name, password=Output.secret(token.password))
