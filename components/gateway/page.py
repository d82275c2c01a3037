"""The chat page, served by Envoy itself, and the headers that fence it in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_PAGE = Path(__file__).parents[2] / "images" / "gateway" / "chat"
_SCRIPTS = ("chat.js", "client.js", "message.js", "notice.js")

# Only its own script, style and requests; no frame, no form target, no plugin, no inline code.
_CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)

PAGE_HEADERS = {
    "content-security-policy": _CONTENT_POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cache-control": "no-cache",
}


@dataclass(frozen=True)
class PageFile:
    path: str
    content_type: str
    body: str


def page_files() -> tuple[PageFile, ...]:
    """The page's files by the path they are served at."""
    script = "text/javascript; charset=utf-8"
    return (
        PageFile("/", "text/html; charset=utf-8", _read("index.html")),
        PageFile("/chat.css", "text/css; charset=utf-8", _read("chat.css")),
        *(PageFile(f"/{name}", script, _read(name)) for name in _SCRIPTS),
    )


def _read(name: str) -> str:
    return (_PAGE / name).read_text(encoding="utf-8")
