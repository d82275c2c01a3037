"""Keys of the section `huggingFace`: values that must be taken, and values that must be refused."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.support.stackfiles import Strategy, valid_durations
from tests.support.stackfiles_faults import DURATION, NUMBER, SECTION, TEXT

_TOKEN = "hf_abcdefghijklmnop0123"
_names = st.from_regex("[a-z][a-z0-9-]{0,20}[a-z0-9]", fullmatch=True)

ENDPOINT: list[tuple[str, Strategy]] = [
    ("hardware", st.just("aws/nvidia-l4/x1")),
    ("namespace", _names),
    ("name", _names),
    ("region", st.sampled_from(["us-east-1", "eu-west-1"])),
    ("type", st.sampled_from(["public", "authenticated", "private"])),
    ("image", st.just({"variant": "llamacpp", "url": "a/b:1", "port": 8000})),
    ("image", st.just({"url": "a/b:1", "healthRoute": "/ready", "modelPath": "/m.gguf"})),
    ("localGateway", st.sampled_from([{}, {"token": "env:INFERENCE_TOKEN"}])),
    ("registry", st.just({"username": "acme", "password": "env:REGISTRY_PASSWORD"})),
    ("command", st.just(["serve"])),
    ("args", st.lists(st.just("--verbose"), max_size=2)),
    ("env", st.just({"LOG": "debug"})),
    ("secrets", st.just({"HF_TOKEN": "env:MODEL_TOKEN"})),
    ("scaling.metric", st.sampled_from(["pendingRequests", "hardwareUsage"])),
    ("scaling.threshold", st.integers(1, 100)),
    ("scaling.scaleToZeroAfter", valid_durations(60_000, 25_200_000)),
    ("state", st.sampled_from(["running", "paused", "scaledToZero"])),
    ("domain", st.just("chat.example.com")),
    ("path", st.just("/models/chat")),
    ("privateLink", st.just({"accountId": "123456789012", "region": "us-east-1"})),
    ("task", st.just("text-generation")),
    ("cacheHttpResponses", st.booleans()),
    ("tags", st.lists(_names, max_size=3)),
    ("readyTimeout", valid_durations(60_000, 86_400_000)),
]

REFUSED: dict[str, list[Any]] = {
    "": SECTION,
    "hardware": [*TEXT, "aws/nvidia-l5/x1"],
    "namespace": TEXT,
    "name": [*TEXT, "Upper"],
    "region": [*TEXT, "US"],
    "type": [*TEXT, "protected", None],
    "image": [*SECTION, {}],
    "image.variant": [*TEXT, "vllm", None],
    "image.url": [7, True, [], {}, "", "with space", None],
    "image.port": [*NUMBER, 70_000],
    "image.healthRoute": [*TEXT, "health"],
    "image.modelPath": [7, True, [], {}, ""],
    "localGateway": SECTION,
    "localGateway.token": [*TEXT, "vault:x", _TOKEN],
    "registry": [*SECTION, {}],
    "registry.username": [*TEXT, None],
    "registry.password": [*TEXT, "vault:x", _TOKEN],
    "command": ["serve", 7, {}, [7]],
    "args": ["--x", 7, {}, [7], [_TOKEN]],
    "env": [*SECTION, {"KEY": 7}, {"KEY": _TOKEN}],
    "secrets": [*SECTION, {"KEY": 7}, {"KEY": _TOKEN}, {"KEY": "vault:x"}],
    "scaling": [*SECTION, None],
    "scaling.metric": [*TEXT, "cpu"],
    "scaling.threshold": [0, -1, True, [], {}, "many"],
    "scaling.scaleToZeroAfter": [*DURATION, "30s", "8h"],
    "state": [*TEXT, "stopped"],
    "domain": [*TEXT, "localhost"],
    "path": [*TEXT, "models"],
    "privateLink": [*SECTION, {}],
    "privateLink.accountId": [*TEXT, 123456789012, "1", None],
    "privateLink.region": [*TEXT, "us-west-2", None],
    "task": TEXT,
    "cacheHttpResponses": ["true", 1, [], {}],
    "tags": ["a", 7, {}, [7], ["slipway-x"]],
    "readyTimeout": [*DURATION, "30s", "25h"],
}
