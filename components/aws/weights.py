"""The bucket that holds the model's weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Input, Output, ResourceOptions
from pulumi_aws import s3

from components.aws.component import AwsComponent

_DAYS_OF_OLD_VERSIONS = 7
_DAYS_OF_BROKEN_UPLOADS = 1


@dataclass(frozen=True, kw_only=True)
class WeightsArgs:
    """What a WeightsBucket is made from."""

    key_arn: Input[str] | None
    """KMS key of the weights; None: AWS's own."""
    tags: Mapping[str, str]
    protect: bool


@dataclass(frozen=True, kw_only=True)
class WeightsResources:
    bucket: s3.Bucket
    policy: s3.BucketPolicy


class WeightsBucket(AwsComponent):
    """Private, encrypted, by TLS alone; a version that a sync has replaced goes after a week."""

    resources: WeightsResources
    name: Output[str]
    arn: Output[str]

    def __init__(self, name: str, args: WeightsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("WeightsBucket", name, args.tags, opts)
        self._args = args
        bucket = self._create_bucket()
        self._close(bucket)
        self._encrypt(bucket)
        self._keep_versions(bucket)
        self._tell(bucket)
        self.resources = WeightsResources(bucket=bucket, policy=self._create_policy(bucket))
        self.name, self.arn = bucket.bucket, bucket.arn
        self.register_outputs({"name": self.name})

    def _create_bucket(self) -> s3.Bucket:
        return s3.Bucket(
            self.named("bucket"),
            # Weights can be had again from where they came.
            force_destroy=not self._args.protect,
            tags=self.tagged("bucket"),
            opts=self.child(protect=self._args.protect),
        )

    def _close(self, bucket: s3.Bucket) -> None:
        s3.BucketPublicAccessBlock(
            self.named("private"),
            bucket=bucket.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=self.child(),
        )
        s3.BucketOwnershipControls(
            self.named("owner"),
            bucket=bucket.bucket,
            rule=s3.BucketOwnershipControlsRuleArgs(object_ownership="BucketOwnerEnforced"),
            opts=self.child(),
        )

    def _encrypt(self, bucket: s3.Bucket) -> None:
        by_default = (
            s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
                sse_algorithm="aws:kms", kms_master_key_id=self._args.key_arn
            )
        )
        s3.BucketServerSideEncryptionConfiguration(
            self.named("encryption"),
            bucket=bucket.bucket,
            rules=[
                s3.BucketServerSideEncryptionConfigurationRuleArgs(
                    apply_server_side_encryption_by_default=by_default,
                    # One question to KMS for many objects.
                    bucket_key_enabled=True,
                )
            ],
            opts=self.child(),
        )

    def _keep_versions(self, bucket: s3.Bucket) -> None:
        versioning = s3.BucketVersioning(
            self.named("versions"),
            bucket=bucket.bucket,
            versioning_configuration=s3.BucketVersioningVersioningConfigurationArgs(
                status="Enabled"
            ),
            opts=self.child(),
        )
        s3.BucketLifecycleConfiguration(
            self.named("lifecycle"),
            bucket=bucket.bucket,
            rules=[_old_ones()],
            opts=self.child(versioning),
        )

    def _tell(self, bucket: s3.Bucket) -> None:
        """Whoever looks after the account can have rules about weights that change; it is free."""
        s3.BucketNotification(
            self.named("events"), bucket=bucket.bucket, eventbridge=True, opts=self.child()
        )

    def _create_policy(self, bucket: s3.Bucket) -> s3.BucketPolicy:
        statement = {
            "Sid": "TlsOnly",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": [bucket.arn, Output.concat(bucket.arn, "/*")],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
        document = {"Version": "2012-10-17", "Statement": [statement]}
        return s3.BucketPolicy(
            self.named("policy"),
            bucket=bucket.bucket,
            policy=Output.json_dumps(document, sort_keys=True),
            opts=self.child(),
        )


def _old_ones() -> s3.BucketLifecycleConfigurationRuleArgs:
    return s3.BucketLifecycleConfigurationRuleArgs(
        id="old-versions",
        status="Enabled",
        filter=s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
        noncurrent_version_expiration=s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
            noncurrent_days=_DAYS_OF_OLD_VERSIONS
        ),
        abort_incomplete_multipart_upload=s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
            days_after_initiation=_DAYS_OF_BROKEN_UPLOADS
        ),
    )
