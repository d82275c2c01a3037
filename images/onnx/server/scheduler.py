"""Continuous batching: a step prefills a little or decodes all running rows together."""

from __future__ import annotations

from collections import deque

import numpy as np

from .answer import AnswerText
from .engine import Codec, EngineLoad, FinishReason, Output
from .generation import Generation
from .runner import Runner
from .sampling import Sampler

PREFILL_TOKENS = 128
"""Prompt tokens per step. Bounds how long a new prompt holds up the running answers, and costs
little: from 64 tokens on the matrix multiplications gain nothing from longer chunks."""


class Scheduler:
    """Rows 0..n-1 of the KV cache are the running answers; row n is the one in prefill.

    The running rows stay a compact prefix, so that a decode step is one batch over them: when an
    answer ends, the last row moves into its place. Used by one thread; `load` from any.
    """

    def __init__(self, runner: Runner, codec: Codec, prefill_tokens: int = PREFILL_TOKENS):
        self._runner = runner
        self._codec = codec
        self._sampler = Sampler(runner.vocab_size)
        self._prefill_tokens = prefill_tokens
        self._waiting: deque[Generation] = deque()
        self._prefilling: Generation | None = None
        self._prefill_turn = True
        self._running: list[Generation] = []
        self._texts: dict[Generation, AnswerText] = {}
        self._tokens = np.zeros(runner.rows, np.int64)
        self._lengths = np.zeros(runner.rows, np.int64)

    def add(self, generation: Generation) -> None:
        self._waiting.append(generation)

    @property
    def idle(self) -> bool:
        return not (self._waiting or self._prefilling or self._running)

    def load(self) -> EngineLoad:
        prefilling = self._prefilling
        running = len(self._running)
        used = int(self._lengths[:running].sum()) + (prefilling.prefilled if prefilling else 0)
        return EngineLoad(
            waiting=len(self._waiting),
            running=running + (prefilling is not None),
            kv_usage=used / (self._runner.rows * self._runner.max_context),
        )

    def step(self) -> list[Output]:
        """Drop what was cancelled, then prefill up to the token budget or decode once.

        The two kinds alternate while there is work for both, so neither new prompts nor running
        answers wait for the other to end.
        """
        outputs: list[Output] = []
        self._drop_cancelled(outputs)
        can_prefill = self._prefilling or (self._waiting and self._row_free)
        if can_prefill and (self._prefill_turn or not self._running):
            self._prefill(outputs)
            self._prefill_turn = False
        else:
            self._decode(outputs)
            self._prefill_turn = True
        return outputs

    def abort(self) -> list[Output]:
        """Give up everything, after the runner failed."""
        everything = [*self._waiting, *self._running]
        everything += [self._prefilling] if self._prefilling else []
        self._waiting.clear()
        self._running.clear()
        self._texts.clear()
        self._prefilling = None
        return [Output(generation, "", "error") for generation in everything]

    def _drop_cancelled(self, outputs: list[Output]) -> None:
        if any(generation.cancelled for generation in self._waiting):
            kept = deque(generation for generation in self._waiting if not generation.cancelled)
            outputs += [Output(g, "", "abort") for g in self._waiting if g.cancelled]
            self._waiting = kept
        if self._prefilling and self._prefilling.cancelled:
            outputs.append(Output(self._prefilling, "", "abort"))
            self._prefilling = None
        for row in reversed(range(len(self._running))):
            if self._running[row].cancelled:
                outputs.append(Output(self._running[row], "", "abort"))
                self._free(row)

    def _prefill(self, outputs: list[Output]) -> None:
        budget = self._prefill_tokens
        while budget > 0:
            generation = self._prefilling or self._admit()
            if generation is None:
                return
            self._prefilling = generation
            row = len(self._running)
            chunk = generation.prompt[generation.prefilled : generation.prefilled + budget]
            logits = self._runner.prefill(row, chunk, generation.prefilled)
            generation.prefilled += len(chunk)
            budget -= len(chunk)
            if generation.prefilled < len(generation.prompt):
                return
            self._prefilling = None
            self._running.append(generation)
            self._lengths[row] = len(generation.prompt)
            self._texts[generation] = AnswerText(self._codec.decode, generation.stop)
            (token,) = self._sampler.choose_tokens(logits[None], [generation.sampling])
            if self._take(row, token, outputs):
                self._free(row)

    def _admit(self) -> Generation | None:
        return self._waiting.popleft() if self._waiting and self._row_free else None

    @property
    def _row_free(self) -> bool:
        return len(self._running) < self._runner.rows

    def _decode(self, outputs: list[Output]) -> None:
        count = len(self._running)
        if count == 0:
            return
        logits = self._runner.decode(self._tokens[:count], self._lengths[:count])
        samplings = [generation.sampling for generation in self._running]
        tokens = self._sampler.choose_tokens(logits, samplings)
        self._lengths[:count] += 1
        ended = [row for row in range(count) if self._take(row, tokens[row], outputs)]
        for row in reversed(ended):
            self._free(row)

    def _take(self, row: int, token: int, outputs: list[Output]) -> bool:
        """Record a row's next token; true when its answer ended."""
        generation = self._running[row]
        text = self._texts[generation]
        generation.completion_tokens += 1
        self._tokens[row] = token
        reason: FinishReason | None = None
        if token in self._codec.end_ids and not generation.ignore_end:
            delta, reason = "", "stop"
        else:
            delta = text.push(token)
            if text.stopped:
                reason = "stop"
            elif generation.completion_tokens >= generation.max_tokens:
                reason = "length"
        if reason and not text.stopped:
            delta += text.flush()
            reason = "stop" if text.stopped else reason
        outputs.append(Output(generation, delta, reason))
        return reason is not None

    def _free(self, row: int) -> None:
        """Close the gap: the last running row moves into it, then the one in prefill behind."""
        last = len(self._running) - 1
        del self._texts[self._running[row]]
        if row != last:
            self._runner.move(last, row, int(self._lengths[last]))
            self._running[row] = self._running[last]
            self._tokens[row], self._lengths[row] = self._tokens[last], self._lengths[last]
        self._running.pop()
        if self._prefilling:
            self._runner.move(last + 1, last, self._prefilling.prefilled)
