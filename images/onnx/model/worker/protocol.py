"""How a worker speaks to the process that started it: JSON lines, on the real stdout only."""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any

from images.onnx.model.errors import ModelBuildError


def serve(work: Callable[[dict[str, Any], Callable[[str], None]], Any]) -> None:
    """Call `work(arguments, progress)` and send its result or error; never returns.

    Whatever libraries print goes to stderr, which is the log.
    """
    channel = os.dup(1)
    os.dup2(2, 1)

    def send(**message: Any) -> None:
        os.write(channel, (json.dumps({"slipway": message}) + "\n").encode())

    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        send(result=work(json.loads(sys.argv[1]), lambda text: send(progress=text)))
    except ModelBuildError as error:
        send(error=error.what, fix=error.fix)
    except Exception as error:
        traceback.print_exc()
        what = f"{type(error).__name__}: {str(error).strip()[:300]}"
        send(error=what, fix="read the log for the whole story")
    # Everything is written; torch's own way out takes seconds.
    sys.stderr.flush()
    os._exit(0)


def _end_with_parent() -> None:
    # The parent holds the other end; it closes when the parent dies, however that happens.
    # Unbuffered: a thread inside sys.stdin would make the interpreter's own end fail.
    while os.read(0, 1):
        pass
    os._exit(1)
