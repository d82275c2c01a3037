"""What pods may do: a role for each service account that asks AWS for something."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi import Input, Output, ResourceOptions
from pulumi_aws import eks

from components.aws.component import AwsComponent
from components.aws.policies import NEEDS, POD_POLICIES, Document, PolicyScope
from components.aws.role import ServiceRole, ServiceRoleArgs
from components.specs.aws import IdentitySpec, PodIdentitySpec


@dataclass(frozen=True, kw_only=True)
class ScopeArgs:
    """A PolicyScope of which some is known later; fields as there."""

    partition: str
    region: str
    account_id: Input[str]
    cluster_name: Input[str]
    vpc_arn: Input[str] = ""
    node_role_arn: Input[str] = ""
    queue_arn: Input[str] = ""
    bucket_arn: Input[str] = ""
    bucket_prefix: str = ""
    bucket_key_arn: Input[str] = ""
    secret_arns: Input[Sequence[str]] = ()
    secret_key_arn: Input[str] = ""
    workspace_arn: Input[str] = ""
    cache_prefix: str = ""


def rendered(
    make: Callable[[PolicyScope], Document], scope: ScopeArgs, fields: Iterable[str]
) -> Output[str]:
    """A policy's JSON; it waits for these `fields` of the scope alone."""
    known: dict[str, Any] = {field: getattr(scope, field) for field in fields}
    return Output.all(**known).apply(lambda values: _json(make, values))


@dataclass(frozen=True, kw_only=True)
class PodIdentitiesArgs:
    """What PodIdentities are made from."""

    spec: IdentitySpec
    scope: ScopeArgs
    tags: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class PodIdentityResources:
    role: ServiceRole
    association: eks.PodIdentityAssociation


class PodIdentities(AwsComponent):
    """By EKS Pod Identity: no key in the cluster, and a trust that names the service account."""

    resources: Mapping[str, PodIdentityResources]
    """By the policy's name."""

    def __init__(
        self, name: str, args: PodIdentitiesArgs, opts: ResourceOptions | None = None
    ) -> None:
        super().__init__("PodIdentities", name, args.tags, opts)
        self._args = args
        self.resources = {pod.policy: self._create(pod) for pod in args.spec.pods}
        self.register_outputs({})

    def _create(self, pod: PodIdentitySpec) -> PodIdentityResources:
        part = pod.policy
        role = self._create_role(part, pod)
        association = eks.PodIdentityAssociation(
            self.named(part),
            cluster_name=self._args.scope.cluster_name,
            namespace=pod.namespace,
            service_account=pod.service_account,
            role_arn=role.arn,
            tags=self.tagged(part),
            opts=self.child(*role.everything),
        )
        return PodIdentityResources(role=role, association=association)

    def _create_role(self, part: str, pod: PodIdentitySpec) -> ServiceRole:
        args, policy = self._args, pod.policy
        return ServiceRole(
            f"{self.named(part)}-role",
            ServiceRoleArgs(
                service="pods.eks.amazonaws.com",
                actions=("sts:AssumeRole", "sts:TagSession"),
                conditions={"StringEquals": _pod(pod, args.scope)},
                inline={policy: rendered(POD_POLICIES[policy], args.scope, NEEDS[policy])},
                identity=args.spec,
                tags=args.tags,
            ),
            self.child(),
        )


def _pod(pod: PodIdentitySpec, scope: ScopeArgs) -> dict[str, Input[str]]:
    """EKS says as session tags for whom it asks."""
    cluster = Output.format(
        "arn:{}:eks:{}:{}:cluster/{}",
        scope.partition,
        scope.region,
        scope.account_id,
        scope.cluster_name,
    )
    return {
        "aws:RequestTag/eks-cluster-arn": cluster,
        "aws:RequestTag/kubernetes-namespace": pod.namespace,
        "aws:RequestTag/kubernetes-service-account": pod.service_account,
    }


def _json(make: Callable[[PolicyScope], Document], values: dict[str, Any]) -> str:
    # An Output's tuple arrives as a list.
    known: dict[str, Any] = {**values, "secret_arns": tuple(values.get("secret_arns", ()))}
    return json.dumps(make(PolicyScope(**known)), sort_keys=True)
