"""`docs/inference-endpoints.md`'s table of all fields, from the table that the provider uses."""

from __future__ import annotations

from typing import Final

from components.huggingface.fields import FIELDS, Field
from components.huggingface.images import IMAGES, MAINTENANCE, MANAGED
from tools.bootstrap.paths import ROOT

PAGE: Final = ROOT / "docs" / "reference" / "inference-endpoint.md"
_CLIENT: Final = "huggingface_hub 2.4.0"


def page() -> str:
    """The whole page as Markdown."""
    rows = [
        "| client argument | input | a new value | validated | tested in `tests/hf` |",
        "|---|---|---|---|---|",
        *map(_row, FIELDS),
    ]
    images = [
        "| variant | fields |",
        "|---|---|",
        *(
            f"| `{name}`{' (maintenance)' if name in MAINTENANCE else ''} | {_fields(name)} |"
            for name in IMAGES
            if name != MANAGED
        ),
    ]
    return "\n".join(
        [
            "<!-- written by python -m tools.huggingface -->",
            "# Inference Endpoint: every field",
            "",
            f"All arguments of the create and update calls of {_CLIENT}. *update*: the same "
            "endpoint changes, rolling. *replace*: a new endpoint starts, takes over, and the old "
            "one goes. \\* taking the value away replaces, because the client reads `None` as "
            "«leave as it is».",
            "",
            *rows,
            "",
            "Beside these: `state` (`running`, `paused`, `scaledToZero`; left out, whoever pauses "
            "or resumes it may do so) and `readyTimeoutMinutes` (how long a start may take).",
            "",
            "## Engine images",
            "",
            "The API drops a field that the image does not declare, without a word; here it is an "
            "error. Without `image`, Hugging Face chooses one.",
            "",
            *images,
            "",
        ]
    )


def _row(field: Field) -> str:
    name = f"`{field.input}`" if field.input else "none"
    change = {"never": "", "update": "update", "replace": "replace"}[field.change]
    star = "\\*" if field.unset_replaces else ""
    file, _, function = field.tested.partition("::")
    test = function.removeprefix("test_").replace("_", " ")
    return f"| `{field.client}` | {name} | {change}{star} | {field.checked} | {file}: {test} |"


def _fields(variant: str) -> str:
    return ", ".join(f"`{name}`" for name in IMAGES[variant])
