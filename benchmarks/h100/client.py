"""Sends random prompts to a running engine and turns the times of the answers into figures."""

import asyncio
import contextlib
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
        "p75": at(0.75),
        "p90": at(0.9),
        "p95": at(0.95),
        "p99": at(0.99),
        "max": ordered[-1],
    }
    return {k: round(v * scale, 3) for k, v in figures.items()}


class Client:
    """Sends random prompts and stamps every chunk of every answer."""

    def __init__(self, engine, vocabulary: int) -> None:
        import numpy as np
        from vllm import SamplingParams
        from vllm.sampling_params import RequestOutputKind

        self.engine, self.vocabulary, self.sent = engine, vocabulary, 0
        self.random, self.numbers = random.Random(20261125), np.random.default_rng(20261125)
        self.params = lambda n: SamplingParams(
            max_tokens=n,
            temperature=0.0,
            ignore_eos=True,
            detokenize=False,
            output_kind=RequestOutputKind.DELTA,
        )

    def prompt(self, length: int) -> dict:
        return {"prompt_token_ids": self.numbers.integers(100, self.vocabulary, length).tolist()}

    async def ask(self, prompt: dict, output: int, answers: list[dict]) -> dict:
        self.sent += 1
        answer = {"sent": time.perf_counter(), "stamps": [], "tokens": [], "wanted": output}
        answers.append(answer)
        async for chunk in self.engine.generate(prompt, self.params(output), f"r{self.sent}"):
            new = chunk.outputs[0].token_ids
            if new:
                answer["stamps"].append((time.perf_counter(), len(new)))
                answer["tokens"].extend(new)
        return answer

    async def batch(self, users: int, length: int, output: int) -> list[dict]:
        """All requests sent at once; ends when the last one has."""
        prompts, answers = [self.prompt(length) for _ in range(users)], []
        await asyncio.gather(*(self.ask(p, output, answers) for p in prompts))
        return answers

    async def steady(self, users: int, length: int, output: int, seconds: float) -> dict:
        """A closed loop: each user asks again as soon as answered. First answers have random
        lengths, so that starts are spread; counted from the end of the last of those, until 48
        and 1.5 first tokens a user have come (one user: 4), or `seconds` are over. What then still
        runs is aborted."""
        answers: list[dict] = []
        begun: list[dict] = []
        warm: list[float] = []
        enough = asyncio.Event()
        goal = max(48, 1.5 * users) if users > 1 else 4

        async def user() -> None:
            await self.ask(self.prompt(length), self.random.randint(1, output), begun)
            warm.append(time.perf_counter())
            while True:
                await self.ask(self.prompt(length), output, answers)
                if len(warm) == users:
                    inside = sum(
                        bool(a["stamps"]) and a["stamps"][0][0] > max(warm) for a in answers
                    )
                    if inside >= goal:
                        enough.set()

        async def limit() -> None:
            # A poll sees a user that failed too.
            while len(warm) < users and not any(task.done() for task in tasks):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(enough.wait(), seconds)

        tasks = [asyncio.create_task(user()) for _ in range(users)]
        await limit()
        end = time.perf_counter()
        for task in tasks:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0.2)
        errors = [o for o in outcomes if not isinstance(o, asyncio.CancelledError)]
        found = figures(begun, answers, max(warm), end)
        return {**found, "errors": [repr(e)[:200] for e in errors[:3]]} if errors else found


def figures(begun: list[dict], answers: list[dict], start: float, end: float) -> dict:
    """Of first tokens, gaps and whole answers that ended between `start` and `end`."""
    everything = [*begun, *answers]
    firsts, gaps, whole = [], [], []
    for a in answers:
        if a["stamps"] and start <= a["stamps"][0][0] <= end:
            firsts.append(a["stamps"][0][0] - a["sent"])
        if len(a["tokens"]) == a["wanted"] and start <= a["stamps"][-1][0] <= end:
            whole.append(a)
    for a in everything:
        for (before, _), (now, count) in zip(a["stamps"], a["stamps"][1:], strict=False):
            if start <= now <= end:
                gaps += [(now - before) / count] * count
    produced = sum(n for a in everything for at, n in a["stamps"] if start <= at <= end)
    return {
        "requests": len(firsts),
        "answers": len(whole),
        "seconds": round(end - start, 4),
        "outputTokensPerSecond": round(produced / (end - start), 2),
        "ttftMs": spread(firsts),
        "itlMs": spread(gaps),
        "tpotMs": spread(
            [(a["stamps"][-1][0] - a["stamps"][0][0]) / (len(a["tokens"]) - 1) for a in whole]
        ),
        "e2eMs": spread([a["stamps"][-1][0] - a["sent"] for a in whole]),
        "distinctOutputTokens": len({t for a in everything for t in a["tokens"]}),
    }
