"""Whether a gateway leads to one of two revisions of a model."""

from __future__ import annotations

import time

from components.gateway.canary import RELEASE_HEADER, Release

_PAUSE_SECONDS = 1


def reached(base_url: str, key: str, release: Release, *, deadline_seconds: float) -> bool:
    """Waits until that revision answers through the gateway, which may still have to read of it."""
    import httpx2  # wanted after a change alone

    headers = {"authorization": f"Bearer {key}", RELEASE_HEADER: release}
    end = time.monotonic() + deadline_seconds
    with httpx2.Client(headers=headers, timeout=10) as client:
        while True:
            try:
                answer = client.get(f"{base_url}/models")
            except httpx2.HTTPError:
                pass
            else:
                if answer.status_code == 200 and answer.headers.get(RELEASE_HEADER) == release:
                    return True
            if time.monotonic() > end:
                return False
            time.sleep(_PAUSE_SECONDS)
