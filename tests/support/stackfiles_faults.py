"""Faults by chance: each spoils a valid stack file and says which key must be blamed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.support.stackfiles import PINNED, place

File = dict[str, Any]
SECTION: list[Any] = ["text", 7, ["a"], True]
NUMBER: list[Any] = ["8", 1.5, True, [], {}, 0, -1, 10**12, "many"]
TEXT: list[Any] = [7, True, [], {}, "", "with space", "ünïcode", "x" * 200]
DURATION: list[Any] = [30, "30", "1.5s", "5 m", "-1s", "1d", True, [], {}, "", "99999h"]

INVALID: dict[str, list[Any]] = {
    "target": ["lokal", "", 1, True, [], {}, "LOCAL "],
    "model": SECTION,
    "model.source": [*TEXT, "hf:a/b", "hf:a/b@main", "package:x/y.gguf", "s3://b/c", "file:"],
    "model.name": TEXT,
    "model.sha256": [*TEXT, "B" * 64, "0" * 63],
    "model.config": [7, True, [], {}, "", "a\nb", "x" * 5000],
    "model.maxContext": [*NUMBER, 8193],
    "engine": [*SECTION, None],
    "engine.kind": [*TEXT, "vllm", "triton", "tensorrt-llm", "onxx"],
    "engine.quantization": [*TEXT, "int3", 4],
    "engine.maxConcurrent": [*NUMBER, 257],
    "engine.maxQueue": [value for value in NUMBER if value != 0 or value is False],
    "engine.requestTimeout": [*DURATION, "0s", "25h"],
    "engine.drain": [*DURATION, "61m"],
    "engine.threads": [*NUMBER, "Auto", 257],
    "scaling": [*SECTION, None],
    "scaling.replicas": [*NUMBER, "1..4", "4..1", "0..0", "1..", "1...4", 65],
    "access": [*SECTION, None],
    "access.auth": [*TEXT, "apikey", False],
    "access.keys": ["sk-abcdef0123456789", 7, {}, [], [7], [[]]],
    "access.keys[].name": [*TEXT, "Upper", "-dash", None],
    "access.keys[].from": [*TEXT, "config:", "vault:x", "sk-abcdef0123456789", "env:1X", None],
    "access.requestsPerMinute": [value for value in NUMBER if value is not None],
    "access.host": [*TEXT, "example.com", "127.0.0.300", "*", "fe80::1%eth0", None],
    "access.port": [*NUMBER, 65536, None],
    "access.tls": SECTION,
    "access.tls.certificate": [7, True, [], {}, "", "a\nb", "x" * 2000],
    "access.tls.privateKey": [7, True, [], {}, "", "-----BEGIN KEY-----\nAAAA"],
    "access.tls.selfSigned": ["true", 1, [], {}, "yes"],
    "access.maxConnections": [*NUMBER, None],
    "access.maxStreams": [*NUMBER, None],
    "access.maxRequestSize": [1024, "1MB", "1.5Mi", "0Ki", "65Mi", "1 Mi", True, [], {}, None],
    "traffic": SECTION,
    "traffic.requestsPerSecond": ["5", True, [], {}, 0, -0.5, 1e9, float("inf"), float("nan")],
    "traffic.peakShare": ["0.5", True, [], {}, -0.1, 1.5, float("nan"), 0.5],
    "traffic.promptTokens": [*NUMBER, 100_000, "9..8", "1..", "0..5", "1..99999999"],
    "traffic.outputTokens": [*NUMBER, 100_000],
    "traffic.slo": SECTION,
    "traffic.slo.ttft": [*DURATION, "0ms"],
    "traffic.slo.itl": [*DURATION, "2m"],
    "traffic.slo.percentile": [*TEXT, "p9", 95],
    "budget": SECTION,
    "budget.monthly": [500, "500", "$-1", "$1.5", "500 EUR", "$", True, [], {}, None],
    "budget.maxIncrease": [500, "$-1", "5 %", True, []],
    "budget.bound": [*TEXT, "maximum", 95],
}
NEEDED = ("target", "model", "model.source", "access.keys[].name", "budget.monthly")
_UNKNOWN = ["maxContxt", "Kind", "max_queue", "extra", "ünbekannt", "source2", "x" * 90, "a b"]


@st.composite
def wrong_value(draw: st.DrawFn, file: File, path: str) -> str:
    """Put an invalid value at `path`; the key that must be blamed."""
    _set(file, path, draw(st.sampled_from(INVALID[path])))
    return _blamed(path)


@st.composite
def other_fault(draw: st.DrawFn, file: File) -> str:
    """An unknown or missing key, or keys that do not go together; the key that must be blamed."""
    kind = draw(st.sampled_from(["unknown", "missing", "together"]))
    if kind == "missing":
        path = draw(st.sampled_from(NEEDED))
        _remove(file, path)
        return _blamed(path)
    if kind == "unknown":
        section = draw(st.sampled_from(["", "model", "engine", "access", "traffic", "traffic.slo"]))
        key = draw(st.sampled_from(_UNKNOWN))
        place(file, f"{section}.{key}".removeprefix("."), 1)
        return f"slipway:{section}.{key}".replace(":.", ":")[:80]
    return draw(st.sampled_from(_TOGETHER))(file)


def _open_to_others(file: File) -> str:
    file["access"] = {"auth": "none", "host": "0.0.0.0"}
    return "slipway:access.auth"


def _keys_without_auth(file: File) -> str:
    file["access"] = {"auth": "none", "keys": [{"name": "a"}]}
    return "slipway:access.keys"


def _same_names(file: File) -> str:
    file["access"] = {"keys": [{"name": "a"}, {"name": "a"}]}
    return "slipway:access.keys[0].name"


def _secret_missing(file: File) -> str:
    file["access"] = {"keys": [{"name": "a", "from": "config:absent"}]}
    return "slipway:access.keys[0].from"


def _secret_plain(file: File) -> str:
    file["access"] = {"keys": [{"name": "a", "from": "config:plain"}]}
    file["plain"] = "sk-abcdef0123456789"
    return "slipway:access.keys[0].from"


def _secret_in_section(file: File) -> str:
    file["engine"] = {"drain": {"secure": "AAAB"}}
    return "slipway:engine.drain"


def _unpinned(file: File) -> str:
    file["model"] = {"source": "package:other==1.0/model.gguf"}
    return "slipway:model.sha256"


def _other_hash(file: File) -> str:
    file["model"] = {"source": PINNED, "sha256": "0" * 64}
    return "slipway:model.sha256"


def _two_models(file: File) -> str:
    file["models"] = [file["model"]]
    return "slipway:models"


def _half_certificate(file: File) -> str:
    file["access"] = {"tls": {"certificate": "tls.crt"}}
    return "slipway:access.tls"


_TOGETHER: list[Callable[[File], str]] = [
    _open_to_others,
    _keys_without_auth,
    _same_names,
    _secret_missing,
    _secret_plain,
    _secret_in_section,
    _unpinned,
    _other_hash,
    _two_models,
    _half_certificate,
]


def _blamed(path: str) -> str:
    return "slipway:" + path.replace("[]", "[0]")


def _set(file: File, path: str, value: object) -> None:
    if path.startswith("access.keys["):
        access = file.setdefault("access", {})
        access.pop("auth", None)
        access["keys"] = [{"name": "app"}]
        access["keys"][0][path.rpartition(".")[2]] = value
    elif path == "model.maxContext":
        file["model"] = {"source": PINNED, "maxContext": value}
    elif path.startswith("access.tls."):
        access = file.setdefault("access", {})
        access["tls"] = {"certificate": "tls.crt", "privateKey": "tls.key"}
        if path.endswith("selfSigned"):
            access["tls"] = {}
        place(file, path, value)
    elif path.startswith("budget."):
        file["budget"] = {"monthly": "$500"}
        place(file, path, value)
    else:
        place(file, path, value)


def _remove(file: File, path: str) -> None:
    if path.startswith("access.keys["):
        file.setdefault("access", {}).pop("auth", None)
        file["access"]["keys"] = [{"from": "generated"}]
    elif path == "budget.monthly":
        file["budget"] = {}
    else:
        parent = file["model"] if path == "model.source" else file
        del parent[path.rpartition(".")[2]]
