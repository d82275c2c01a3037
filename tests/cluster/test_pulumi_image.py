"""Pulumi's own docker-build provider on the cluster's builder: built, run, pushed, by digest."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import uuid4

from tests.support.kube import Kube
from tests.support.pulumi_stack import PulumiStack
from tests.support.registry_content import digest
from tools.cluster import kept
from tools.cluster.layout import BUILDER, BUILDX_CONFIG, REGISTRY

PROGRAM = Path(__file__).parent / "programs" / "image"
DOCKERFILE = f"""\
FROM scratch
COPY {kept.DNS} /program
RUN ["/program", "-version"]
"""


def test_an_image_is_built_with_a_step_that_runs_and_pushed_with_the_digest_that_is_told(
    own: None, kube: Kube, providers: None, tmp_path: Path
) -> None:
    context = tmp_path / "context"
    context.mkdir()
    (context / "Dockerfile").write_text(DOCKERFILE)
    shutil.copy(kept.cluster().bin_dir / kept.DNS, context)
    repository, tag = f"slipway/test-{uuid4().hex[:8]}", "two-lines"
    stack = PulumiStack(
        folder=tmp_path,
        main=PROGRAM,
        project="image",
        config={
            "image:context": str(context),
            "image:tag": f"{REGISTRY}/{repository}:{tag}",
            "image:builder": BUILDER,
        },
        variables={"BUILDX_CONFIG": str(BUILDX_CONFIG), "DOCKER_CONFIG": str(tmp_path)},
    )
    stack.up()
    assert stack.outputs()["digest"] == digest(repository, tag)
    stack.destroy()
