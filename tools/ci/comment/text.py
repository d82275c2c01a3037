"""The text of the one comment. Only the standard library: the job that posts installs nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LONGEST = 65_536
"""Characters of a comment on GitHub; GitLab takes more."""
MARK = "<!-- slipway: cost, preview and policies of this change -->"
"""By which the comment is found and written again."""
NOTHING = "No stack is affected by this change."
"""Worth no comment of its own; a comment that is there says it from then on."""
_CUT = "\n\n(The rest is in the run's artifact.)"
_TAG = re.compile(r"<(?!/?(?:details|summary)>|!-- slipway cost: [\w.-]+ -->)")
_WIDTH = 16_384
"""Characters that every part after the first may have, whatever the first one needs."""


def joined(parts: Sequence[str]) -> str:
    """All of them as one comment; the first gives way where they are too long together."""
    first, *others = [tamed(part).strip() for part in parts]
    rest = "".join(f"\n\n{cut(part, _WIDTH)}" for part in others)
    return f"{MARK}\n{cut(first, LONGEST - len(MARK) - len(rest) - 2)}{rest}\n"


def tamed(text: str) -> str:
    """Without what could act in somebody's browser or inbox.

    The code of a change has written it, maybe a stranger's: no link, no picture, no HTML but what
    folds a text, nobody mentioned, no issue referred to. Our own reports hold none of these.
    """
    text = "".join(one for one in text if _shown(one))
    text = _TAG.sub("&lt;", text)
    text = re.sub(r"\](?=[(\[:])", "]\u200b", text)
    text = text.replace("://", ":\u200b//").replace("www.", "www\u200b.")
    text = re.sub(r"@(?=\w)", "@\u200b", text)
    return re.sub(r"(?<=[\w(\s])#(?=\d)", "#\u200b", text)


def _shown(one: str) -> bool:
    """No control character and none that turns the direction of what follows."""
    return one in "\n\u200b" or not unicodedata.category(one).startswith("C")


def cut(text: str, longest: int) -> str:
    """Whole lines of it that fit, with what folds a text closed again."""
    if len(text) <= longest:
        return text
    end = "\n\n</details>" + _CUT
    head = text[: longest - len(end)].rpartition("\n")[0]
    folded = head.count("<details>") > head.count("</details>")
    return head + (end if folded else _CUT)
