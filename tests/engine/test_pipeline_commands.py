"""`preview`, `up`, `drift` and `destroy` of the pipelines, on the real engine and policy pack."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.support.throw_away import ThrowAway
from tools.bootstrap.paths import ROOT
from tools.engine import locate

_PROGRAM = ROOT / "tests/engine/programs/kept_files.py"
_PROD = (ROOT / "stacks/presets/kubernetes-onnx-small.yaml").read_text()
_PROMOTED = f"registry.example.com/llm/slipway-onnx@sha256:{'b' * 64}"
_LIMIT_SECONDS = 240


class Pipeline:
    """The throw-away project with a backend of its own."""

    def __init__(self, folder: Path) -> None:
        self.repository = ThrowAway(folder / "project")
        self.repository.write("__main__.py", _PROGRAM.read_text())
        self.repository.write("Pulumi.prod.yaml", _PROD)
        self.repository.base = self.repository.commit("a program of files")
        self.build = self.repository.folder / "build"
        (folder / "state").mkdir()
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("PULUMI_")}
        self.env = {
            **inherited,
            "PULUMI_HOME": str(folder / "home"),
            "PULUMI_BACKEND_URL": (folder / "state").as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": "test",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PATH": f"{locate()}:{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}",
        }

    def ci(self, *arguments: str) -> tuple[int, str]:
        return self._run("python", "-m", "tools.ci", *arguments)

    def init(self, stack: str) -> None:
        code, text = self._run("pulumi", "stack", "init", stack, "--non-interactive")
        assert code == 0, text

    def file(self, name: str) -> Path:
        return self.build / f"{name}.txt"

    def preview(self) -> str:
        return (self.build / "ci/comment/2-preview.md").read_text()

    def promoted(self, running: str) -> None:
        """The artifact of the stack before."""
        folder = self.build / "ci/images"
        folder.mkdir(parents=True, exist_ok=True)
        record = {"built": {"onnx": _PROMOTED}, "running": {"slipway-onnx": running}}
        (folder / "staging.json").write_text(json.dumps(record))

    def _run(self, *command: str) -> tuple[int, str]:
        done = subprocess.run(
            command,
            cwd=self.repository.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_LIMIT_SECONDS,
            check=False,
        )
        return done.returncode, done.stdout


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    return Pipeline(tmp_path_factory.mktemp("pipeline"))


def test_a_stack_is_previewed_made_found_drifted_and_taken_away_by_whom_means_it(
    pipeline: Pipeline,
) -> None:
    code, text = pipeline.ci("preview", "staging")
    assert code == 0, text
    assert "There is no such stack yet" in pipeline.preview()
    assert pipeline.ci("up", "staging")[0] == 1
    pipeline.init("staging")
    code, text = pipeline.ci("preview", "staging")
    assert code == 0, text
    assert "## Preview of `staging`: 2 create" in pipeline.preview()
    assert "| + create | `Resource engine` |" in pipeline.preview()
    assert "Policies: nothing is refused." in pipeline.preview()
    assert "By this preview, what a month costs is not known" in pipeline.preview()
    (pipeline.build / "protected").write_text("")
    code, text = pipeline.ci("up", "staging")
    assert code == 0, text
    _drifts(pipeline)
    _destroyed(pipeline)


def _drifts(pipeline: Pipeline) -> None:
    report = pipeline.build / "ci/drift/staging.md"
    assert pipeline.ci("drift", "staging")[0] == 0
    assert report.read_text() == ""
    pipeline.file("staging-engine").write_text("canary-5e1f")
    pipeline.file("staging-data").unlink()
    code, text = pipeline.ci("drift", "staging")
    assert code == 3, text
    assert "What is there is not what the state says: 1 delete, 1 update." in report.read_text()
    assert "| - delete | `Resource data` |" in report.read_text()
    assert "canary-5e1f" not in report.read_text()
    assert pipeline.file("staging-engine").read_text() == "canary-5e1f", "nothing is changed"
    pipeline.env["PULUMI_CONFIG_PASSPHRASE"] = "another"
    try:
        assert pipeline.ci("drift", "staging")[0] == 1
    finally:
        pipeline.env["PULUMI_CONFIG_PASSPHRASE"] = "test"
    assert not report.exists(), "what could not be asked is no report, and no drift"


def _destroyed(pipeline: Pipeline) -> None:
    assert "confirmed was 'dev'" in pipeline.ci("destroy", "staging", "--confirm", "dev")[1]
    assert pipeline.file("staging-engine").exists()
    code, text = pipeline.ci("destroy", "staging", "--confirm", "staging")
    assert code == 1
    assert "1 protected: data." in text
    (pipeline.build / "protected").unlink()
    assert pipeline.ci("up", "staging")[0] == 0
    code, text = pipeline.ci("destroy", "staging", "--confirm", "staging")
    assert code == 0, text
    assert not pipeline.file("staging-engine").exists()


def test_production_runs_what_the_stack_before_it_runs_or_is_refused(pipeline: Pipeline) -> None:
    pipeline.init("prod")
    code, text = pipeline.ci("up", "prod", "--after", "staging")
    assert code == 1
    assert "only what staging has run is run here" in text
    pipeline.promoted("sha256:" + "b" * 64)
    code, text = pipeline.ci("up", "prod", "--after", "staging")
    assert code == 0, text
    assert pipeline.file("prod-engine").read_text() == _PROMOTED
    (pipeline.build / "ci/images/staging.json").unlink()
    assert pipeline.ci("preview", "prod")[0] == 0, "what it was told last is known"
    assert "## Preview of `prod`: no change" in pipeline.preview()
    pipeline.promoted("sha256:" + "c" * 64)
    code, text = pipeline.ci("up", "prod", "--after", "staging")
    assert code == 1
    assert re.search(r"slipway-onnx: sha256:c+ in staging, sha256:b+ in prod", text)
    code, text = pipeline.ci("destroy", "prod", "--confirm", "prod")
    assert code == 1
    assert "production stack, and nobody has said that this is known" in text


def test_a_local_stack_is_left_to_its_person(pipeline: Pipeline) -> None:
    code, text = pipeline.ci("up", "dev")
    assert (code, "`make up` there" in text) == (1, True)
