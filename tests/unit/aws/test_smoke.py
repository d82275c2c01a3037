"""The question that `up` asks a cluster that it has just made."""

from __future__ import annotations

import stat
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from stacks.cluster_smoke import cluster_smoke
from stacks.eks.smoke import HeardKubeconfig
from tests.support.kubernetes_specs import onnx_spec


class Known:
    """An Output whose value is there."""

    def __init__(self, text: str) -> None:
        self._text = text

    def apply(self, function: Any) -> None:
        function(self._text)


def test_it_is_asked_by_the_kubeconfig_that_up_has_made(monkeypatch: pytest.MonkeyPatch) -> None:
    heard, asked = HeardKubeconfig(), list[Any]()
    heard.hear(cast(Any, Known("made by up")))
    monkeypatch.setattr(
        "operations.cluster.smoke.cluster_smoke_problem",
        lambda place, **_: asked.append(Path(place.kubeconfig).read_text()),
    )
    check = cluster_smoke(onnx_spec(), "Pulumi.prod.yaml", kubeconfig=heard.path)
    check.ask(cast(Any, SimpleNamespace()))
    assert asked == ["made by up"]
    assert stat.S_IMODE(Path(heard.path()).stat().st_mode) == 0o600
