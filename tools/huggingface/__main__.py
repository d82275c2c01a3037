"""`python -m tools.huggingface` writes the page."""

from __future__ import annotations

from tools.huggingface.page import PAGE, page

PAGE.write_text(page())
