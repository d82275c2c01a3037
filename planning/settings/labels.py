"""Labels as Kubernetes writes them."""

from __future__ import annotations

from typing import Annotated

from planning.settings.base import worded

Label = Annotated[
    str,
    worded(
        r"^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$",
        "the name of a label, such as release",
    ),
]
LabelValue = Annotated[
    str,
    worded(
        r"^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$",
        "up to 63 letters, digits, . _ or -, such as monitoring",
    ),
]
