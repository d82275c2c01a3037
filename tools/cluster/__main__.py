"""`python3 -m tools.cluster up|down`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tools.bootstrap.errors import run_main
from tools.bootstrap.paths import VENV, venv_python
from tools.bootstrap.uv import sync


def main() -> int:
    parser = argparse.ArgumentParser(prog="python3 -m tools.cluster")
    parser.add_argument("command", choices=_COMMANDS)
    command = parser.parse_args().command
    if Path(sys.prefix) != VENV:
        sync()
        python = str(venv_python())
        os.execv(python, [python, "-m", "tools.cluster", command])  # noqa: S606 -- our own module
    _COMMANDS[command]()
    return 0


def _up() -> None:
    from tools.cluster.layout import BUILDER, BUILDX_CONFIG, REGISTRY
    from tools.cluster.lifecycle import start
    from tools.cluster.stack_file import IMAGES, STACK, STACK_FILE, write_stack_file
    from tools.cluster.standins.ensure import ensure
    from tools.engine import providers

    kubeconfig = start()
    providers.ensure()
    write_stack_file(ensure(IMAGES))
    print(
        f"""
  Kubernetes  {kubeconfig}
  Use it      export KUBECONFIG={kubeconfig}
  Registry    {REGISTRY} (plain HTTP; the node pulls from it by the same name)
  Builder     {BUILDER} (BuildKit): export BUILDX_CONFIG={BUILDX_CONFIG}
  Stack file  {STACK_FILE.name}: a shipped preset with images from this registry
  Try it      make shell STACK={STACK}, and there: pulumi up
  Stop        make cluster-down
"""
    )


def _down() -> None:
    from tools.cluster.lifecycle import stop

    stop()


_COMMANDS = {"up": _up, "down": _down}

if __name__ == "__main__":
    run_main(main)
