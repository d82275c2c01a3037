"""The rule about instance metadata, through the real engine."""

from __future__ import annotations

from pathlib import Path

from tests.support.aws_provider.cloud import cloud
from tests.support.aws_stack import aws_stack
from tests.support.pulumi_stack import ROOT

_PROGRAM = ROOT / "tests" / "policies" / "programs" / "templates"


def test_only_the_template_without_session_tokens_is_refused(tmp_path: Path) -> None:
    with cloud(tmp_path) as account, aws_stack(account, _PROGRAM) as stack:
        outcome = stack.preview("--policy-pack", str(ROOT / "policies"), check=False)
    assert outcome.code
    assert "old: metadataOptions.httpTokens is not set" in outcome.text
    assert "new: metadataOptions" not in outcome.text
