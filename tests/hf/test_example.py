"""The example of the documentation, run as it stands."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.hf_api import FakeApi
from tests.support.hf_stack import program_stack
from tests.support.pulumi_stack import ROOT

LONGEST = 10


def test_the_documented_example_makes_an_endpoint(api: FakeApi, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "inference-endpoints.md").read_text()
    example = re.findall(r"```python\n(.*?)```", text, re.S)[0]
    assert len([line for line in example.splitlines() if line.strip()]) <= LONGEST
    (tmp_path / "__main__.py").write_text(example)
    with program_stack(api, tmp_path, {}) as stack:
        stack.up()
        assert stack.outputs() == {"url": api.raw("chat")["status"]["url"]}
