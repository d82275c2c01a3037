"""A role that a service of AWS takes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pulumi import Input, Output, Resource, ResourceOptions
from pulumi_aws import iam

from components.aws.component import AwsComponent
from components.specs.aws import IdentitySpec


@dataclass(frozen=True, kw_only=True)
class ServiceRoleArgs:
    """Who may take on the role, and what it may do."""

    service: str
    """Such as `ec2.amazonaws.com`."""
    actions: tuple[str, ...] = ("sts:AssumeRole",)
    conditions: Mapping[str, Mapping[str, Input[str]]] = field(
        default_factory=dict[str, Mapping[str, Input[str]]]
    )
    """Of the trust, by operator and key."""
    managed: tuple[str, ...] = ()
    """ARNs of policies that AWS keeps."""
    inline: Mapping[str, Input[str]] = field(default_factory=dict[str, Input[str]])
    """Documents of the role's own, by name."""
    identity: IdentitySpec
    tags: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ServiceRoleResources:
    role: iam.Role
    policies: tuple[iam.RolePolicyAttachment | iam.RolePolicy, ...]


class ServiceRole(AwsComponent):
    """Who depends on it waits for its policies too."""

    resources: ServiceRoleResources
    arn: Output[str]

    def __init__(
        self, name: str, args: ServiceRoleArgs, opts: ResourceOptions | None = None
    ) -> None:
        super().__init__("ServiceRole", name, args.tags, opts)
        role = self._create_role(args)
        policies = (*self._attach_managed(role, args), *self._create_inline(role, args))
        self.resources = ServiceRoleResources(role=role, policies=policies)
        self.arn = role.arn
        self.register_outputs({"arn": self.arn})

    @property
    def everything(self) -> tuple[Resource, ...]:
        """To wait for, by what needs the role's rights from its first moment to its last."""
        return (self.resources.role, *self.resources.policies)

    def _create_role(self, args: ServiceRoleArgs) -> iam.Role:
        return iam.Role(
            self.named("role"),
            assume_role_policy=_trust(args),
            path=args.identity.path,
            permissions_boundary=args.identity.permissions_boundary,
            tags=self.tagged("role"),
            opts=self.child(),
        )

    def _attach_managed(
        self, role: iam.Role, args: ServiceRoleArgs
    ) -> tuple[iam.RolePolicyAttachment, ...]:
        return tuple(
            iam.RolePolicyAttachment(
                self.named(arn.rpartition("/")[2]),
                role=role.name,
                policy_arn=arn,
                opts=self.child(),
            )
            for arn in args.managed
        )

    def _create_inline(self, role: iam.Role, args: ServiceRoleArgs) -> tuple[iam.RolePolicy, ...]:
        # Their names in the role are fixed: what a killed run has put is put again, not beside it.
        return tuple(
            iam.RolePolicy(
                self.named(name), name=name, role=role.name, policy=document, opts=self.child()
            )
            for name, document in args.inline.items()
        )


def _trust(args: ServiceRoleArgs) -> Output[str]:
    statement: dict[str, object] = {
        "Effect": "Allow",
        "Principal": {"Service": args.service},
        "Action": list(args.actions),
    }
    if args.conditions:
        statement["Condition"] = args.conditions
    return Output.json_dumps({"Version": "2012-10-17", "Statement": [statement]}, sort_keys=True)
