"""What a killed engine leaves half written in a backend of files."""

from __future__ import annotations

import json
from pathlib import Path

UNREADABLE = "failed to load checkpoint: EOF"
"""What the engine says of such a checkpoint."""
_FILES = "file://"


def mend(url: str, project: str, stack: str) -> list[Path]:
    """Remove the attributes that were cut off; the files removed, none for another backend.

    The engine writes a checkpoint beside the old one, then its attributes (a type and a checksum,
    which no reader needs), then moves it into its place. Killed at the attributes, it leaves the
    old checkpoint whole, in which the last call that the killed run had begun is still pending.
    """
    if not url.startswith(_FILES):
        return []
    folder = Path(url.removeprefix(_FILES)).expanduser() / ".pulumi" / "stacks" / project
    broken = [path for path in sorted(folder.glob(f"{stack}.json*.attrs")) if not _whole(path)]
    for path in broken:
        path.unlink()
    return broken


def _whole(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
    except ValueError:
        return False
    return True
