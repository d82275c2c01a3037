"""`make up`: from nothing to an answer."""

from __future__ import annotations

from tools import engine
from tools.bootstrap import host
from tools.bootstrap.disk import require_free
from tools.bootstrap.paths import cache_dir
from tools.bootstrap.progress import say
from tools.bootstrap.uv import sync
from tools.stack.pulumi import Pulumi
from tools.stack.question import ask
from tools.stack.state import prepare

_FIRST_GIGABYTES = 10.0
_LATER_GIGABYTES = 1.0
_QUESTION = "What is the capital of France?"


def up() -> None:
    """Install what is missing, run `pulumi up`, ask the model a question through the gateway.

    Raises ToolError naming what failed and what to do.
    """
    host.require_local_target()
    warm = any(cache_dir().glob("env/convert-*"))
    needed = _LATER_GIGABYTES if warm else _FIRST_GIGABYTES
    require_free(cache_dir(), needed, "the dev stack (model conversion environment and model)")
    sync()
    pulumi = Pulumi(prepare(engine.ensure()))
    pulumi.select()
    pulumi.show("up", "--yes", "--refresh", "--skip-preview")
    _tell_changes(pulumi.last_changes())
    outputs = pulumi.outputs()
    say("asking the model through the gateway")
    answer = ask(outputs, _QUESTION)
    _tell(outputs, answer)


def _tell_changes(changes: dict[str, int]) -> None:
    same = changes.get("same", 0)
    say(f"{sum(changes.values()) - same} changes, {same} resources unchanged")


def _tell(outputs: dict[str, str], answer: str) -> None:
    print(
        f"""
  Question   {_QUESTION}
  Answer     {answer}

  Ask again  source .slipway/env
             {outputs["curlExample"]}
  Chat page  {outputs["chatUrl"]}
  API key    pulumi stack output apiKey --show-secrets
  Stop       make down
"""
    )
