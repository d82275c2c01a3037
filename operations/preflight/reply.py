"""Answers from outside, checked before anything is concluded from them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Reply(BaseModel):
    """Strict: an answer without a field, or with one of another type, raises ValueError.

    So an empty or foreign document can never pass for "none" or for 0.
    """

    model_config = ConfigDict(strict=True, frozen=True, from_attributes=True)
