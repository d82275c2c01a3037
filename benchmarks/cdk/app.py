"""What `eks-prod` makes of AWS's own, as a program of AWS CDK: the same kinds, as many of each.

    python app.py OUT whole|empty

Of the cheapest constructs there are (L1, a resource each). CloudFormation has no resource for a
validated certificate, a default security group and an attached policy: those three are left out.
Runs in the peer's environment and imports nothing of this repository.
"""

import json
import sys
from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_eks as eks
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_route53 as route53
from aws_cdk import aws_secretsmanager as secrets
from aws_cdk import aws_sqs as sqs

TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": ["sts:AssumeRole", "sts:TagSession"],
            "Principal": {"Service": "pods.eks.amazonaws.com"},
        }
    ],
}
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": ["ec2:CreateFleet", "ec2:RunInstances", "ec2:TerminateInstances"],
            "Resource": "arn:aws:ec2:us-east-1:123456789012:instance/*",
            "Condition": {"StringEquals": {"aws:ResourceTag/slipway": "eks-prod"}},
        }
    ],
}
TAGS = [cdk.CfnTag(key=key, value="eks-prod") for key in ("project", "stack", "cost-centre")]
ZONES = ("us-east-1a", "us-east-1b", "us-east-1c")
ADDONS = (
    "vpc-cni",
    "coredns",
    "kube-proxy",
    "aws-ebs-csi-driver",
    "pod-identity",
    "metrics-server",
)


def network(stack: cdk.Stack, key: kms.CfnKey, role: iam.CfnRole) -> list[ec2.CfnSubnet]:
    vpc = ec2.CfnVPC(stack, "vpc", cidr_block="10.0.0.0/16", enable_dns_hostnames=True, tags=TAGS)
    gateway = ec2.CfnInternetGateway(stack, "gateway", tags=TAGS)
    flow = logs.CfnLogGroup(stack, "flow-logs", retention_in_days=365, kms_key_id=key.attr_arn)
    ec2.CfnFlowLog(
        stack,
        "flow-log",
        resource_id=vpc.ref,
        resource_type="VPC",
        traffic_type="ALL",
        log_group_name=flow.ref,
        deliver_logs_permission_arn=role.attr_arn,
    )
    open_table = ec2.CfnRouteTable(stack, "public", vpc_id=vpc.ref, tags=TAGS)
    ec2.CfnRoute(
        stack,
        "out",
        route_table_id=open_table.ref,
        destination_cidr_block="0.0.0.0/0",
        gateway_id=gateway.ref,
    )
    private = []
    for number, zone in enumerate(ZONES):
        subnets = [
            ec2.CfnSubnet(
                stack,
                f"{kind}-{zone}",
                vpc_id=vpc.ref,
                cidr_block=f"10.0.{16 * number + first}.0/20",
                availability_zone=zone,
                tags=[*TAGS, cdk.CfnTag(key=f"kubernetes.io/role/{role_tag}", value="1")],
            )
            for kind, first, role_tag in (("public", 0, "elb"), ("private", 64, "internal-elb"))
        ]
        address = ec2.CfnEIP(stack, f"address-{zone}", domain="vpc", tags=TAGS)
        nat = ec2.CfnNatGateway(
            stack,
            f"nat-{zone}",
            subnet_id=subnets[0].ref,
            allocation_id=address.attr_allocation_id,
            tags=TAGS,
        )
        table = ec2.CfnRouteTable(stack, f"table-{zone}", vpc_id=vpc.ref, tags=TAGS)
        ec2.CfnRoute(
            stack,
            f"nat-route-{zone}",
            route_table_id=table.ref,
            destination_cidr_block="0.0.0.0/0",
            nat_gateway_id=nat.ref,
        )
        for subnet, its in zip(subnets, (open_table, table), strict=True):
            ec2.CfnSubnetRouteTableAssociation(
                stack, f"of-{subnet.node.id}", subnet_id=subnet.ref, route_table_id=its.ref
            )
        private.append(subnets[1])
    ec2.CfnVPCEndpoint(stack, "s3", vpc_id=vpc.ref, service_name="com.amazonaws.us-east-1.s3")
    return private


def cluster(
    stack: cdk.Stack, key: kms.CfnKey, roles: list[iam.CfnRole], subnets: list[ec2.CfnSubnet]
) -> None:
    logs.CfnLogGroup(stack, "cluster-logs", retention_in_days=365, kms_key_id=key.attr_arn)
    made = eks.CfnCluster(
        stack,
        "cluster",
        role_arn=roles[0].attr_arn,
        version="1.36",
        resources_vpc_config=eks.CfnCluster.ResourcesVpcConfigProperty(
            subnet_ids=[one.ref for one in subnets], endpoint_public_access=False
        ),
        encryption_config=[
            eks.CfnCluster.EncryptionConfigProperty(
                provider=eks.CfnCluster.ProviderProperty(key_arn=key.attr_arn),
                resources=["secrets"],
            )
        ],
        tags=TAGS,
    )
    for name in ADDONS:
        eks.CfnAddon(stack, f"addon-{name}", addon_name=name, cluster_name=made.ref, tags=TAGS)
    for number in range(2):
        eks.CfnAccessEntry(
            stack,
            f"access-{number}",
            cluster_name=made.ref,
            principal_arn=roles[1 + number].attr_arn,
        )
    for number in range(5):
        eks.CfnPodIdentityAssociation(
            stack,
            f"pods-{number}",
            cluster_name=made.ref,
            namespace="llm",
            service_account=f"account-{number}",
            role_arn=roles[3 + number].attr_arn,
        )
    template = ec2.CfnLaunchTemplate(
        stack,
        "template",
        launch_template_data=ec2.CfnLaunchTemplate.LaunchTemplateDataProperty(
            metadata_options=ec2.CfnLaunchTemplate.MetadataOptionsProperty(
                http_tokens="required", http_put_response_hop_limit=1
            ),
            block_device_mappings=[
                ec2.CfnLaunchTemplate.BlockDeviceMappingProperty(
                    device_name="/dev/xvda",
                    ebs=ec2.CfnLaunchTemplate.EbsProperty(
                        volume_size=40, encrypted=True, volume_type="gp3"
                    ),
                )
            ],
        ),
    )
    eks.CfnNodegroup(
        stack,
        "system",
        cluster_name=made.ref,
        node_role=roles[2].attr_arn,
        subnets=[one.ref for one in subnets],
        scaling_config=eks.CfnNodegroup.ScalingConfigProperty(
            min_size=2, max_size=4, desired_size=2
        ),
        launch_template=eks.CfnNodegroup.LaunchTemplateSpecificationProperty(
            id=template.ref, version=template.attr_latest_version_number
        ),
    )
    iam.CfnInstanceProfile(stack, "profile", roles=[roles[2].ref])


def beside(stack: cdk.Stack, key: kms.CfnKey) -> None:
    queue = sqs.CfnQueue(stack, "interruptions", message_retention_period=300, tags=TAGS)
    sqs.CfnQueuePolicy(stack, "queue-policy", queues=[queue.ref], policy_document=POLICY)
    for number in range(5):
        events.CfnRule(
            stack,
            f"event-{number}",
            event_pattern={"source": ["aws.ec2"], "detail-type": [f"kind {number}"]},
            targets=[events.CfnRule.TargetProperty(arn=queue.attr_arn, id=f"t{number}")],
        )
    secrets.CfnSecret(stack, "keys", kms_key_id=key.attr_arn, secret_string="{}", tags=TAGS)
    acm.CfnCertificate(stack, "certificate", domain_name="llm.example.com", tags=TAGS)
    for number in range(2):
        route53.CfnRecordSet(
            stack,
            f"record-{number}",
            name=f"llm{number}.example.com",
            type="CNAME",
            ttl="60",
            hosted_zone_id="Z0123456789ABCDEFGHIJ",
            resource_records=["target.example.com"],
        )


def main() -> None:
    out, which = sys.argv[1:]
    app = cdk.App(
        outdir=out,
        analytics_reporting=False,
        context={"@aws-cdk/core:validateAgainstDefaultRules": False},
    )
    stack = cdk.Stack(app, "eks-prod", synthesizer=cdk.LegacyStackSynthesizer())
    if which == "whole":
        key = kms.CfnKey(stack, "key", key_policy=POLICY, enable_key_rotation=True, tags=TAGS)
        roles = [
            iam.CfnRole(stack, f"role-{number}", assume_role_policy_document=TRUST, tags=TAGS)
            for number in range(9)
        ]
        for number in range(8):
            iam.CfnRolePolicy(
                stack,
                f"policy-{number}",
                policy_name=f"policy-{number}",
                role_name=roles[number].ref,
                policy_document=POLICY,
            )
        cluster(stack, key, roles, network(stack, key, roles[8]))
        beside(stack, key)
    else:
        sqs.CfnQueue(stack, "only")
    app.synth()
    template = json.loads(Path(out, "eks-prod.template.json").read_text())
    print(len(template["Resources"]))


if __name__ == "__main__":
    main()
