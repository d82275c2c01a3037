"""What is served on the cluster, and how requests come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
from pulumi import Input, Output

from components.aws.edge import Edge, EdgeArgs
from components.aws.edge_name import EdgeName, EdgeNameArgs
from components.cluster.address import load_balancer_address
from components.cluster.objects import Manifest
from components.cluster.serving import ClusterServing, ClusterServingArgs
from components.kubernetes.edge import EdgeSite, edge_name, with_edge
from components.kubernetes.external_secrets import with_external_secrets
from components.local.place import run_directory
from components.specs.aws import EksSpec
from stacks.build_secrets import build_secrets
from stacks.eks.kubernetes import KubernetesHalf
from stacks.eks.site import EksSite
from stacks.eks.smoke import eks_smoke
from stacks.eks.storage import Storage


@dataclass(frozen=True, kw_only=True)
class EksServing:
    serving: ClusterServing
    url: Input[str] | None
    """Scheme, host and port; None: reached from inside the cluster only."""


def eks_serving(
    spec: EksSpec,
    site: EksSite,
    kept: Storage,
    half: KubernetesHalf,
    keys: Mapping[str, Output[str]],
    stack_file: str,
) -> EksServing:
    smoke, canary_smoke = eks_smoke(spec.serving, stack_file, half.kubeconfig)
    for check in filter(None, (smoke, canary_smoke)):
        check.hear(keys)
    edge = (
        Edge("edge", EdgeArgs(spec=spec.edge, key_arn=site.key_arn, tags=spec.tags), site.child())
        if spec.edge
        else None
    )

    def finish(made: tuple[Manifest, ...]) -> tuple[Manifest, ...]:
        return _finished(spec, kept, edge, made)

    serving = ClusterServing(
        "serving",
        ClusterServingArgs(
            spec=spec.serving,
            made=half.made,
            keys=keys,
            push=kept.push,
            finish=finish,
            ask=smoke.ask if smoke else None,
            ask_canary=canary_smoke.ask if canary_smoke else None,
            run_directory=run_directory(pulumi.get_project(), pulumi.get_stack()),
            build_secrets=build_secrets() if spec.serving.build else {},
        ),
    )
    return EksServing(serving=serving, url=_url(spec, site, edge, serving))


def _finished(
    spec: EksSpec, kept: Storage, edge: Edge | None, made: tuple[Manifest, ...]
) -> tuple[Manifest, ...]:
    arns = dict(kept.secrets.arns) if kept.secrets else dict[str, Output[str]]()
    made = with_external_secrets(
        [{**one} for one in made], spec.serving, spec.secrets, arns=arns, region=spec.region
    )
    if spec.edge is None or edge is None:
        return made
    site = EdgeSite(
        auto_mode=spec.cluster.auto_mode,
        certificate_arn=edge.certificate_arn,
        web_acl_arn=edge.web_acl_arn,
        tags=spec.tags,
    )
    return with_edge([{**one} for one in made], spec.serving, spec.edge, site)


def _url(
    spec: EksSpec, site: EksSite, edge: Edge | None, serving: ClusterServing
) -> Input[str] | None:
    if spec.edge is None or edge is None:
        return None
    kind = "Service" if spec.edge.kind == "nlb" else "Ingress"
    objects = serving.resources.objects
    address = load_balancer_address(objects, edge_name(spec.serving), kind)
    if spec.edge.domain is None:
        return Output.concat("http://", address)
    EdgeName(
        "edge-name",
        EdgeNameArgs(domain=spec.edge.domain, spec=spec.edge, address=address),
        site.child(),
    )
    return f"https://{spec.edge.domain.host}"
