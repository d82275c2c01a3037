"""Images made here: refusals, and when one is built again."""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

import pytest

from tools.bootstrap.errors import ToolError
from tools.cluster.operators.operator import moved
from tools.cluster.standins import debian
from tools.cluster.standins.ensure import STAND_INS, ensure, ensure_built
from tools.cluster.standins.standin import StandIn


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ToolError, match=r"no stand-in redhat: there are python, envoy"):
        ensure(["redhat"])


def test_all_but_what_soak_needs_is_built_before_the_first_test(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    built: list[str] = []
    monkeypatch.setattr(StandIn, "image", lambda stand_in: built.append(stand_in.name))
    ensure_built()
    assert set(STAND_INS) - set(built) == {"keda", "keda-metrics-apiserver", "lws"}


def test_without_root_a_debian_image_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(ToolError, match=r"need root, and: apt install .*mmdebstrap"):
        debian.unpacked(tmp_path, ["libc6"])


def test_an_image_is_built_once_and_again_when_its_pins_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    pin = tmp_path / "recipe"
    pin.write_text("one")
    made: list[str] = []

    def layer(scratch: Path) -> Path:
        made.append(pin.read_text())
        tar = scratch / "layer.tar"
        with tarfile.open(tar, "w") as archive:
            member = tarfile.TarInfo("content")
            member.size = len(made[-1])
            archive.addfile(member, io.BytesIO(made[-1].encode()))
        return tar

    standin = StandIn(name="toy", version="1", pins=[pin], run={"Cmd": ["true"]}, layer=layer)
    first = standin.image()
    assert standin.image() == first
    pin.write_text("two")
    assert standin.image().digest != first.digest
    assert made == ["one", "two"]


def test_manifests_move_to_another_namespace_but_not_what_is_only_called_so() -> None:
    account = {"kind": "ServiceAccount", "metadata": {"name": "a"}}
    binding = {"kind": "RoleBinding", "subjects": [{"name": "a", "namespace": "default"}]}
    definition = {"kind": "CustomResourceDefinition", "properties": {"namespace": {"type": "x"}}}
    namespace, *rest = moved([account, binding, definition], "mine")
    assert namespace["metadata"] == {"name": "mine"}
    assert rest == [
        {"kind": "ServiceAccount", "metadata": {"name": "a", "namespace": "mine"}},
        {"kind": "RoleBinding", "subjects": [{"name": "a", "namespace": "mine"}]},
        definition,
    ]
