"""Text of a given form, with words for the form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


@dataclass(frozen=True)
class Worded:
    """Annotation: text that the whole `pattern` matches; messages say `words` in its place."""

    pattern: str
    words: str
    sensitive: bool

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        # Not pydantic's own pattern: its engine compiles {1,4096} for 50 ms, at every start.
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        hidden: dict[str, Any] = {"x-sensitive": True} if self.sensitive else {}
        return {**handler(schema), "pattern": self.pattern, "x-allowed": self.words, **hidden}

    def _check(self, value: str) -> str:
        if re.fullmatch(self.pattern, value) is None:
            raise PydanticCustomError("bad-format", "not understood")
        return value


def worded(pattern: str, words: str, *, sensitive: bool = False) -> Worded:
    """A text field whose messages say `words` in place of the pattern.

    A sensitive one is never echoed: people paste keys and certificates into it by mistake.
    """
    return Worded(pattern, words, sensitive)
