"""An image of two lines, built and pushed."""

from __future__ import annotations

from typing import Any

import pulumi
from pulumi import ResourceOptions

from components.image import VERSION

config = pulumi.Config()
image: dict[str, Any] = {
    "context": {"location": config.require("context")},
    "tags": [config.require("tag")],
    "builder": {"name": config.require("builder")},
    "push": True,
    "buildOnPreview": False,
    "ref": None,
    "digest": None,
}


class Image(pulumi.CustomResource):
    digest: pulumi.Output[str]


built = Image("docker-build:index:Image", "image", image, ResourceOptions(version=VERSION))
pulumi.export("digest", built.digest)
