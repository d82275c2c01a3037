"""Rules: what holds the weights is named, and the cluster can mount it."""

from __future__ import annotations

from collections.abc import Iterator

from planning.catalog import Catalog
from planning.catalog.rows.software import KubernetesFeatureFacts
from planning.cluster.names import creates_namespace
from planning.compatibility.versions import older
from planning.problems import Problem
from planning.settings import Settings


def store_problems(settings: Settings, catalog: Catalog) -> Iterator[Problem]:
    weights = settings.start.weights
    on_kubernetes = settings.target == "kubernetes"
    if weights == "s3" and on_kubernetes and settings.kubernetes.weights_bucket is None:
        yield _unnamed("kubernetes.weightsBucket", weights, "the bucket", "{name: …, region: …}")
    if weights == "image-volume":
        if settings.images.weights is None:
            image = "<image>@sha256:<digest>"
            yield _unnamed("images.weights", weights, "an image of the model's files", image)
        yield from _mounts_images(settings, catalog.kubernetes_features["image-volumes"].value)
    yield from _secret_can_be_there(settings)


def _unnamed(key: str, weights: str, what: str, example: str) -> Problem:
    return Problem(
        path=f"slipway:{key}",
        code="missing-key",
        got=f"nothing, while start.weights is {weights}",
        allowed=what,
        fixes=(f"write {key}: {example}", "or write start.weights: volume"),
    )


def _mounts_images(settings: Settings, feature: KubernetesFeatureFacts) -> Iterator[Problem]:
    version = settings.kubernetes.version
    never = version is not None and older(version, feature.since)
    if never or version is None or older(version, feature.by_default):
        yield Problem(
            path="slipway:start.weights",
            code="image-volumes-missing" if never else "image-volumes-not-sure",
            got=f"image-volume on Kubernetes {version or 'of a version that is not said'}",
            allowed=f"Kubernetes {feature.by_default}; from {feature.since} on with the feature "
            f"gate {feature.gate} of API server and kubelet; and nodes with {feature.runtime}",
            fixes=(
                f"write kubernetes.version, if it is {feature.by_default} or newer",
                "or write start.weights: volume",
            ),
            severity="error" if never else "warning",
        )


def _secret_can_be_there(settings: Settings) -> Iterator[Problem]:
    """Nobody can put a Secret into a namespace that is still to be made."""
    secret = settings.images.pull_secret
    if secret is not None and creates_namespace(settings):
        yield Problem(
            path="slipway:images.pullSecret",
            code="secret-before-namespace",
            got=f"{secret}, a Secret of a namespace that up makes",
            allowed="a namespace that is there, with the Secret in it",
            fixes=("write kubernetes.namespace", "and remove kubernetes.createNamespace"),
        )
