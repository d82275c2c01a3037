"""Rules: nodes without a way to the internet find all that they start with."""

from __future__ import annotations

from collections.abc import Iterator

from planning.checks.eks.facts import PATH, EksFacts
from planning.eks.defaults import nat
from planning.problems import Problem


def images_are_reached_without_nat(facts: EksFacts) -> Iterator[Problem]:
    if not _closed(facts) or facts.settings.images.mirror is not None:
        return
    yield Problem(
        path="slipway:images.mirror",
        code="unreachable",
        got=f"nothing, while nodes reach AWS alone ({PATH}.network.nat: none)",
        allowed="a mirror in ECR that holds every image, those of operators too",
        fixes=(
            "write images.mirror: <account>.dkr.ecr.<region>.amazonaws.com/<prefix>",
            "or write aws.network.nat: single",
        ),
    )


def weights_are_reached_without_nat(facts: EksFacts) -> Iterator[Problem]:
    weights = facts.settings.start.weights
    if _closed(facts) and facts.chosen.engine != "onnx" and weights in ("source", "volume", "nvme"):
        yield Problem(
            path="slipway:start.weights",
            code="unreachable",
            got=f"{weights}, while nodes do not reach the model hub",
            allowed="baked or image-volume, in an image of the mirror",
            fixes=("write baked, with an image of your own", "or write aws.network.nat: single"),
        )


def _closed(facts: EksFacts) -> bool:
    return nat(facts.aws) == "none" and facts.aws.network.vpc is None
