"""What a page says, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planning.page.table import Section


@dataclass(frozen=True, kw_only=True)
class Page:
    """Plain text throughout."""

    title: str
    eyebrow: str
    """Above the title: what it is of, and of when."""
    verdict: Literal["good", "warned", "refused"]
    judgement: str
    """The verdict in a few words."""
    sentence: str
    figures: tuple[tuple[str, str, str], ...]
    """Name, value and a remark of the main figures."""
    sections: tuple[Section, ...]
    footer: str
