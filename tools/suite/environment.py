"""The environment that checks and tests run in: the locked one, with Pulumi on PATH."""

from __future__ import annotations

import os

from tools import engine
from tools.bootstrap.paths import BUILD, VENV
from tools.bootstrap.uv import AWS, sync


def prepared(*, with_engine: bool) -> dict[str, str]:
    """Install what is missing and return the variables that a part gets."""
    sync(AWS)
    folders = [str(VENV / "bin")]
    if with_engine:
        folders.append(str(engine.ensure()))
    return {
        **os.environ,
        "PATH": os.pathsep.join([*folders, os.environ["PATH"]]),
        "PULUMI_HOME": str(BUILD / "pulumi"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PYTHONUNBUFFERED": "1",
    }
