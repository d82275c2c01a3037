"""Rules: weights and images lie where a new cluster has room for them."""

from __future__ import annotations

from collections.abc import Iterator

from planning.checks.eks.facts import EksFacts
from planning.problems import Problem


def claims_have_a_class(facts: EksFacts) -> Iterator[Problem]:
    """EBS volumes are of one node; a new cluster has no class that several nodes share."""
    start = facts.settings.start
    if facts.settings.kubernetes.storage_class is not None:
        return
    for key, value in (("weights", start.weights), ("compileCache", start.compile_cache)):
        if value == "volume":
            yield Problem(
                path=f"slipway:start.{key}",
                code="volume-not-shared",
                got="volume, without a storage class that several nodes share",
                allowed="source or image-volume; volume with a class of EFS or FSx of your own",
                fixes=(
                    "write weights: source" if key == "weights" else "write compileCache: none",
                    "or write kubernetes.storageClass, and install its driver by "
                    "kubernetes.operators",
                ),
            )


def token_of_the_hub_has_one_origin(facts: EksFacts) -> Iterator[Problem]:
    if facts.aws.secrets.hub_token and facts.settings.kubernetes.hub_token_secret:
        yield Problem(
            path="slipway:kubernetes.hubTokenSecret",
            code="token-twice",
            got="a Secret, beside aws.secrets.hubToken",
            allowed="one of the two: on eks the Secret is made from Secrets Manager",
            fixes=("remove hubTokenSecret",),
        )
