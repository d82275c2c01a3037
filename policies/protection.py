"""What holds the data of a production stack cannot be destroyed in passing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from pulumi_policy import (
    EnforcementLevel,
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
)


@dataclass(frozen=True, kw_only=True)
class _Keeper:
    """Inputs that bear on whether the data of a type may go."""

    guard: str | None = None
    """True: AWS itself refuses to delete it."""
    reckless: str | None = None
    """True: it goes with all that is in it."""


_KEEPERS = {
    "aws:s3/bucket:Bucket": _Keeper(reckless="forceDestroy"),
    "aws:s3/bucketV2:BucketV2": _Keeper(reckless="forceDestroy"),
    "aws:rds/instance:Instance": _Keeper(guard="deletionProtection", reckless="skipFinalSnapshot"),
    "aws:rds/cluster:Cluster": _Keeper(guard="deletionProtection", reckless="skipFinalSnapshot"),
    "aws:dynamodb/table:Table": _Keeper(guard="deletionProtectionEnabled"),
    "aws:efs/fileSystem:FileSystem": _Keeper(),
    "aws:fsx/lustreFileSystem:LustreFileSystem": _Keeper(),
    "aws:ebs/volume:Volume": _Keeper(),
    "aws:ecr/repository:Repository": _Keeper(reckless="forceDelete"),
    # Whatever it has encrypted cannot be read without it.
    "aws:kms/key:Key": _Keeper(),
}
_PRODUCTION = ["prod", "prod-*", "*-prod", "production", "production-*", "*-production"]


def is_production(stack: str, patterns: Sequence[str] = _PRODUCTION) -> bool:
    """By the name of the stack."""
    return any(fnmatchcase(stack, pattern) for pattern in patterns)


def _validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
    keeper = _KEEPERS.get(args.resource_type)
    stack = args.urn.split("::")[0].rpartition(":")[2]
    patterns = args.get_config().get("production") or _PRODUCTION
    if keeper is None or not is_production(stack, patterns):
        return
    guarded = keeper.guard is not None and args.props.get(keeper.guard) is True
    if not args.opts.protect and not guarded:
        other = f" or `{keeper.guard}: true`" if keeper.guard else ""
        report(
            f"{args.name}: holds data of {stack} and is not protected; set `protect`{other}",
            args.urn,
        )
    if keeper.reckless and args.props.get(keeper.reckless) is True:
        report(
            f"{args.name}: {keeper.reckless} destroys the data of {stack} with it; take it out",
            args.urn,
        )


POLICY = ResourceValidationPolicy(
    name="production-data-protected",
    description="Production data is protected from deletion",
    validate=_validate,
    enforcement_level=EnforcementLevel.MANDATORY,
    config_schema=PolicyConfigSchema(
        properties={
            "production": {
                "type": "array",
                "items": {"type": "string"},
                "description": "patterns of stacks' names, such as `prod-*`",
                "default": _PRODUCTION,
            }
        }
    ),
)
