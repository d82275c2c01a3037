"""What stands before the load balancer: a certificate, a web ACL, and a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import CustomTimeouts, Input, Output, ResourceOptions
from pulumi_aws import acm, route53

from components.aws.component import AwsComponent
from components.aws.web_acl import WebAcl, WebAclArgs
from components.specs.aws import DomainSpec, EdgeSpec


@dataclass(frozen=True, kw_only=True)
class EdgeArgs:
    """What an Edge is made from."""

    spec: EdgeSpec
    key_arn: Input[str] | None
    """KMS key of the web ACL's log; None: AWS's own."""
    tags: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class EdgeResources:
    certificate: acm.Certificate | None
    web_acl: WebAcl | None


class Edge(AwsComponent):
    """All that a load balancer's annotations name, so it is there before them."""

    resources: EdgeResources
    certificate_arn: Output[str] | None
    """Of a certificate that is proven; None: plain HTTP."""
    web_acl_arn: Output[str] | None

    def __init__(self, name: str, args: EdgeArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("Edge", name, args.tags, opts)
        self._args = args
        domain = args.spec.domain
        certificate = self._create_certificate(domain) if domain else None
        web_acl = self._create_web_acl() if args.spec.waf else None
        self.resources = EdgeResources(certificate=certificate, web_acl=web_acl)
        self.certificate_arn = self._proven(domain, certificate) if domain else None
        self.web_acl_arn = web_acl.arn if web_acl else None
        self.register_outputs({})

    def _create_certificate(self, domain: DomainSpec) -> acm.Certificate | None:
        if domain.certificate_arn is not None:
            return None
        return acm.Certificate(
            self.named("certificate"),
            domain_name=domain.host,
            validation_method="DNS",
            tags=self.tagged("certificate"),
            opts=self.child(),
        )

    def _proven(self, domain: DomainSpec, certificate: acm.Certificate | None) -> Output[str]:
        if certificate is None:
            return Output.from_input(domain.certificate_arn or "")
        asked = certificate.domain_validation_options[0]
        record = route53.Record(
            self.named("proof"),
            zone_id=domain.zone_id,
            name=asked.resource_record_name,
            type=asked.resource_record_type,
            records=[asked.resource_record_value],
            ttl=60,
            # The proof of a host is the same record for each certificate that is asked for it.
            allow_overwrite=True,
            opts=self.child(),
        )
        proven = acm.CertificateValidation(
            self.named("proven"),
            certificate_arn=certificate.arn,
            validation_record_fqdns=[record.fqdn],
            opts=self.child(timeouts=CustomTimeouts(create="45m")),
        )
        return proven.certificate_arn

    def _create_web_acl(self) -> WebAcl:
        args = WebAclArgs(key_arn=self._args.key_arn, tags=self._args.tags)
        return WebAcl(self.named("web-acl"), args, self.child())
