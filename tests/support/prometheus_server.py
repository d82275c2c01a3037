"""The real Prometheus over a database that was written beforehand: nothing is waited for."""

from __future__ import annotations

import contextlib
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.support.ask import eventually
from tests.support.free_port import free_port

MINUTES = 120
"""Of samples, one a minute, up to the end."""
Series = Mapping[str, float | tuple[float, float]]
"""A series to its constant value, or to its first one and its growth in a minute."""


@contextlib.contextmanager
def prometheus(series: Series, *, end: int, folder: Path) -> Iterator[str]:
    """Its address. `end`: Unix time of the last sample."""
    text = folder / "samples.txt"
    text.write_text(_open_metrics(series, end))
    data = folder / "data"
    _run("promtool", "tsdb", "create-blocks-from", "openmetrics", str(text), str(data))
    config = folder / "prometheus.yml"
    config.write_text("{}")
    address = f"127.0.0.1:{free_port()}"
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [
                "prometheus",
                f"--config.file={config}",
                f"--storage.tsdb.path={data}",
                "--storage.tsdb.retention.time=100y",
                f"--web.listen-address={address}",
            ],
            stdout=log,
            stderr=log,
        )
    try:
        eventually(lambda: _ready(f"http://{address}"), "Prometheus is ready")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait()


def _open_metrics(series: Series, end: int) -> str:
    lines: list[str] = []
    for name, written in series.items():
        first, growth = written if isinstance(written, tuple) else (written, 0.0)
        for minute in range(MINUTES + 1):
            value = first + growth * minute
            lines.append(f"{name.replace(', ', ',')} {value} {end - 60 * (MINUTES - minute)}")
    return "\n".join([*lines, "# EOF", ""])


def _ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/-/ready", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
