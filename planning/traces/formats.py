"""The formats of published traces: a fact each, with source and date."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal


def _iso_seconds(text: Any) -> float:
    """Of a date and time; without a zone it is UTC, which cancels out."""
    moment = datetime.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return moment.timestamp()


@dataclass(frozen=True, kw_only=True)
class Format:
    """Where a row of a trace has what we need."""

    name: str
    syntax: Literal["csv", "jsonl"]
    time: str
    prompt_tokens: str
    output_tokens: str
    blocks: str | None = None
    """Ids of 512-token blocks, where the format has them; a row may leave it out."""
    seconds: Callable[[Any], float]
    """Of the time as written; raises TypeError or ValueError."""
    source: str
    as_of: str

    @property
    def wanted(self) -> tuple[str, str, str]:
        """Names that every row must have."""
        return self.time, self.prompt_tokens, self.output_tokens

    def fits(self, names: Mapping[str, object] | list[str]) -> bool:
        return all(name in names for name in self.wanted)


FORMATS = (
    Format(
        name="Azure LLM inference",
        syntax="csv",
        time="TIMESTAMP",
        prompt_tokens="ContextTokens",
        output_tokens="GeneratedTokens",
        seconds=_iso_seconds,
        source="https://github.com/Azure/AzurePublicDataset AzureLLMInferenceDataset2023.md and "
        "AzureLLMInferenceDataset2024.md (CC-BY)",
        as_of="2026-12-01",
    ),
    Format(
        name="Mooncake",
        syntax="jsonl",
        time="timestamp",
        prompt_tokens="input_length",
        output_tokens="output_length",
        blocks="hash_ids",
        seconds=lambda milliseconds: float(milliseconds) / 1000,
        source="https://github.com/kvcache-ai/Mooncake FAST25-release/traces (Apache-2.0)",
        as_of="2026-12-01",
    ),
    Format(
        name="ServeGen",
        syntax="csv",
        time="timestamp",
        prompt_tokens="input_tokens",
        output_tokens="output_tokens",
        seconds=float,
        source="https://github.com/alibaba/ServeGen save_requests_to_csv of servegen/utils.py, "
        "columns request_id, timestamp (seconds), input_tokens, output_tokens",
        as_of="2026-12-01",
    ),
)
