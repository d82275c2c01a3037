"""Sends random prompts to a running engine and turns the times of the answers into figures."""

import asyncio
import random
import statistics
import time


def spread(values: list[float], scale: float = 1000.0) -> dict:
    if not values:
        return {}
    ordered = sorted(values)

    def at(q: float) -> float:
        return ordered[min(len(ordered) - 1, int(q * len(ordered)))]

    figures = {
        "mean": statistics.fmean(values),
        "median": statistics.median(values),
        "p90": at(0.9),
        "p99": at(0.99),
        "max": ordered[-1],
    }
    return {k: round(v * scale, 3) for k, v in figures.items()}


class Client:
    """Sends random prompts and stamps every chunk of every answer."""

    def __init__(self, engine, vocabulary: int) -> None:
        from vllm import SamplingParams
        from vllm.sampling_params import RequestOutputKind

        self.engine, self.vocabulary, self.sent = engine, vocabulary, 0
        self.random = random.Random(20261122)
        self.params = lambda n: SamplingParams(
            max_tokens=n,
            temperature=0.0,
            ignore_eos=True,
            detokenize=False,
            output_kind=RequestOutputKind.DELTA,
        )

    def prompt(self, length: int) -> dict:
        top = self.vocabulary - 1
        return {"prompt_token_ids": [self.random.randint(100, top) for _ in range(length)]}

    async def ask(self, prompt: dict, output: int) -> dict:
        self.sent += 1
        sent, stamps, tokens = time.perf_counter(), [], []
        async for chunk in self.engine.generate(prompt, self.params(output), f"r{self.sent}"):
            new = chunk.outputs[0].token_ids
            if new:
                stamps.append((time.perf_counter(), len(new)))
                tokens.extend(new)
        return {"sent": sent, "stamps": stamps, "tokens": tokens, "wanted": output}

    async def batch(self, concurrency: int, length: int, output: int) -> dict:
        """All requests sent at once; ends when the last one has."""
        prompts = [self.prompt(length) for _ in range(concurrency)]
        start = time.perf_counter()
        answers = await asyncio.gather(*(self.ask(p, output) for p in prompts))
        return figures(answers, start, max(a["stamps"][-1][0] for a in answers))

    async def steady(self, concurrency: int, length: int, output: int) -> dict:
        """A closed loop whose first answers have random lengths, so that starts are spread."""
        answers: list[dict] = []
        plan = [[self.random.randint(1, output), output, output] for _ in range(concurrency)]
        prompts = [[self.prompt(length) for _ in p] for p in plan]

        async def user(index: int) -> tuple[float, float]:
            ends = []
            for prompt, n in zip(prompts[index], plan[index], strict=True):
                answers.append(await self.ask(prompt, n))
                ends.append(answers[-1]["stamps"][-1][0])
            return ends[0], ends[-1]

        ends = await asyncio.gather(*(user(i) for i in range(concurrency)))
        # Between the end of the last shortened answer and the first user that has no more to ask.
        return figures(answers, max(e[0] for e in ends), min(e[1] for e in ends))


def figures(answers: list[dict], start: float, end: float) -> dict:
    inside = [a for a in answers if start <= a["sent"] <= end] or answers
    gaps: list[float] = []
    for a in answers:
        for (before, _), (now, count) in zip(a["stamps"], a["stamps"][1:], strict=False):
            if start <= now <= end:
                gaps += [(now - before) / count] * count
    produced = sum(n for a in answers for at, n in a["stamps"] if start <= at <= end)
    tokens = {t for a in answers for t in a["tokens"]}
    whole = [a for a in inside if len(a["tokens"]) > 1]
    return {
        "requests": len(inside),
        "short": sum(len(a["tokens"]) != a["wanted"] for a in answers),
        "seconds": round(end - start, 4),
        "outputTokensPerSecond": round(produced / (end - start), 2),
        "ttftMs": spread([a["stamps"][0][0] - a["sent"] for a in inside]),
        "itlMs": spread(gaps),
        "tpotMs": spread(
            [(a["stamps"][-1][0] - a["stamps"][0][0]) / (len(a["tokens"]) - 1) for a in whole]
        ),
        "e2eMs": spread([a["stamps"][-1][0] - a["sent"] for a in inside]),
        "distinctOutputTokens": len(tokens),
    }
