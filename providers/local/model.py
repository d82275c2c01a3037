"""The model's artefact: built once, kept in a cache that outlives the stack."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, ClassVar

from components.local.cache import cache_directory
from providers.local.resource import LocalResource
from providers.local.run_directory import MARKER, ROOT, RunDirectory
from providers.plugin.session import OperationError, Session
from providers.plugin.values import UNKNOWN, Change, Values

_MANIFEST = "slipway.json"
_ERROR_LINES = 12
# Converting a model of some gigabytes on two cores, its download included.
_BUILD_SECONDS = 6 * 3600.0


class Model(LocalResource):
    """Inputs: `source`, `sha256`, `quantization`, `device`, `minTop1Agreement`,
    `maxPerplexityRatio`, `runDirectory`. State: the inputs, `directory` and `digest`.
    """

    vital: ClassVar[frozenset[str]] = frozenset({"directory"})

    def create(self, name: str, inputs: Values, session: Session) -> Values:
        built = _build(inputs, session)
        return {**inputs, "directory": built["path"], "digest": built["digest"]}

    def planned(self, inputs: Values, state: Values | None) -> Values:
        known = state is not None and all(state.get(key) == inputs[key] for key in inputs)
        if state is not None and known:  # only the artefact is missing: it comes back as it was
            return state
        return {**inputs, "directory": UNKNOWN, "digest": UNKNOWN}

    def drift(self, name: str, state: Values) -> Mapping[str, Change]:
        there = (Path(state["directory"]) / _MANIFEST).is_file()
        return {} if there else {"directory": "update"}

    def update(self, name: str, state: Values, inputs: Values, session: Session) -> Values:
        return self.create(name, inputs, session)

    def delete(self, name: str, state: Values, session: Session) -> None:
        session.keep(f"kept in the model cache: {state['directory']}")


def _build(inputs: Values, session: Session) -> dict[str, Any]:
    process = subprocess.Popen(
        _command(inputs),
        cwd=ROOT,
        # The mark lets `python -m operations recover` find a build that lost its parent.
        env=_environment() | {MARKER: str(RunDirectory.of(inputs["runDirectory"]).path)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None and process.stderr is not None
    printed: list[str] = []
    last: deque[str] = deque(maxlen=_ERROR_LINES)
    readers = [
        threading.Thread(target=_read, args=(process.stdout, printed.append)),
        threading.Thread(target=_read, args=(process.stderr, _both(last.append, session.report))),
    ]
    for reader in readers:
        reader.start()
    try:
        session.wait(
            lambda: process.poll() is not None,
            seconds=_BUILD_SECONDS,
            what="the model build",
            tell=False,  # the build tells more
        )
    finally:
        _end(process)
        for reader in readers:
            reader.join()
    if process.wait() != 0 or not printed:
        raise OperationError("the model could not be built:\n" + _complaint(list(last)))
    result: dict[str, Any] = json.loads(printed[-1])
    return result


def _complaint(lines: list[str]) -> str:
    starts = [index for index, line in enumerate(lines) if line.startswith("error:")]
    return "\n".join(lines[starts[-1] :] if starts else lines)


def _end(process: subprocess.Popen[str]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)  # its tools too: all are in one group


def _command(inputs: Values) -> list[str]:
    options = {
        "--source": inputs["source"],
        "--sha256": inputs.get("sha256"),
        "--quantization": inputs["quantization"],
        "--device": inputs["device"],
        "--cache": cache_directory(),
        "--min-top1-agreement": inputs["minTop1Agreement"],
        "--max-perplexity-ratio": inputs["maxPerplexityRatio"],
    }
    given = [word for key, value in options.items() if value for word in (key, str(value))]
    return [sys.executable, "-m", "images.onnx.model", "build", *given]


def _environment() -> dict[str, str]:
    # The build needs proxies, indexes and tokens of the user, but nothing of the engine's.
    return {name: value for name, value in os.environ.items() if not name.startswith("PULUMI_")}


def _read(stream: IO[str], take: Any) -> None:
    for line in stream:
        if line.strip():
            take(line.rstrip())


def _both(first: Any, second: Any) -> Any:
    def take(line: str) -> None:
        first(line)
        second(line)

    return take
