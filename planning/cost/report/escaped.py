"""Text of a program in Markdown: as somebody wrote it, and nothing more."""

from __future__ import annotations

import re


def code(text: str) -> str:
    """What may stand between backticks, also in a table."""
    return text.replace("`", "'").replace("|", "/").replace("\n", " ")


def cell(text: str) -> str:
    """Without what Markdown or HTML would take for its own: a link, an image, a tag, a mention."""
    plain = re.sub(r"[\\`*\[\]|$]", r"\\\g<0>", " ".join(text.split()))
    return plain.replace("<", "&lt;").replace("@", "@\u200b")
