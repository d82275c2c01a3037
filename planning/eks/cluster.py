"""The control plane."""

from __future__ import annotations

from typing import get_args

from components.specs.aws import AdminSpec, EksClusterSpec, LogType
from planning.catalog import Catalog
from planning.eks.addons import addon_specs
from planning.eks.defaults import log_days
from planning.eks.features import Needs
from planning.settings.aws import Aws

# In the project's folder, where `pulumi` and the programs that it starts run.
_TOKEN = (".venv/bin/python", "-m", "operations", "eks-token", "{cluster}", "--region", "{region}")
_EVERY_LOG: tuple[LogType, ...] = get_args(LogType)


def cluster_spec(aws: Aws, kubernetes: str, needs: Needs, catalog: Catalog) -> EksClusterSpec:
    cluster = aws.cluster
    return EksClusterSpec(
        version=kubernetes,
        public_access_cidrs=cluster.public_access_cidrs or (),
        admins=tuple(
            AdminSpec(name=name, principal_arn=arn) for name, arn in sorted(cluster.admins.items())
        ),
        log_types=_EVERY_LOG,
        log_days=log_days(aws),
        encrypt_secrets=True,
        auto_mode=cluster.auto_mode,
        addons=addon_specs(aws, kubernetes, needs, catalog),
        token_command=cluster.token_command or _TOKEN,
        support="EXTENDED" if cluster.support == "extended" else "STANDARD",
    )
