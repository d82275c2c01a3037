"""Measure how many requests a second vLLM answers in time, under its defaults and under a preset.

    python goodput.py --out DIR --model llama-3.1-8b --rate 30 default graphs fp8-graphs default

Each word is one engine, started in a process of its own, one after the other; a word that comes
again is a second start (warm caches) and a second measurement. `word@RATE` guesses for itself,
`word:start` only starts and asks one user, `word:sleep` also sleeps and wakes, `word:kernels` also
reads a long prompt and lists the kernels of 64 tokens for one user. Requests come
open-loop as a Poisson process of `rate` a second, with random tokens; a request is in time with its
first token within 1 s and a mean gap of at most 30 ms. The rate is raised or lowered until the
highest one is found at which 95 % of the requests are. Needs vLLM and one GPU; imports nothing of
this repository.
"""

import argparse
import asyncio
import contextlib
import datetime
import gc
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from client import Client, spread
from collect import kinds
from variants import VARIANTS

HERE = Path(__file__).resolve().parent
TTFT_SECONDS, GAP_SECONDS, SHARE = 1.0, 0.030, 0.95
SETTLE_SECONDS, WINDOW_SECONDS = 14.0, 10.0
INPUT, OUTPUT = 512, 256


async def level(client: Client, rate: float) -> dict:
    """Poisson arrivals of `rate` a second; judged are those answered, or late, in the window."""
    answers: list[dict] = []
    tasks: list[asyncio.Task] = []
    # Made before, and nothing collected meanwhile: neither may delay a request.
    gaps = [client.random.expovariate(rate) for _ in range(int(rate * 2 * SETTLE_SECONDS) + 99)]
    prompts = [client.prompt(INPUT) for _ in gaps]
    gc.collect()
    gc.disable()
    begin = due = time.perf_counter()
    opened, closed = begin + SETTLE_SECONDS, begin + SETTLE_SECONDS + WINDOW_SECONDS
    lags = []
    for gap, prompt in zip(gaps, prompts, strict=True):
        if due >= closed:
            break
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        lags.append(time.perf_counter() - due)
        tasks.append(asyncio.create_task(client.ask(prompt, OUTPUT, answers)))
        due += gap
    now = time.perf_counter()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(0.5)
    gc.enable()
    return {"rate": rate, "lagMs": spread(lags), **judged(answers, opened, now)}


def judged(answers: list[dict], opened: float, closed: float) -> dict:
    firsts, gaps, good, late = [], [], 0, 0
    for answer in answers:
        stamps = answer["stamps"]
        done = len(answer["tokens"]) == answer["wanted"]
        if done and stamps[-1][0] >= opened:
            firsts.append(stamps[0][0] - answer["sent"])
            gaps.append((stamps[-1][0] - stamps[0][0]) / (answer["wanted"] - 1))
            good += firsts[-1] <= TTFT_SECONDS and gaps[-1] <= GAP_SECONDS
        elif not stamps and closed - answer["sent"] > TTFT_SECONDS:
            late += 1
    seconds = closed - opened
    tokens = sum(n for a in answers for at, n in a["stamps"] if opened <= at <= closed)
    return {
        "answers": len(firsts),
        "waitingTooLong": late,
        "goodPerSecond": round(good / seconds, 3),
        "goodShare": round(good / max(1, len(firsts) + late), 4),
        "outputTokensPerSecond": round(tokens / seconds, 1),
        "ttftMs": spread(firsts),
        "meanGapMs": spread(gaps),
    }


async def search(engine, client: Client, rate: float, levels: int, note) -> list[dict]:
    """Grow or shrink by an eighth until both sides are known, then halve what lies between."""
    low, high, found = 0.0, float("inf"), []
    for _ in range(levels):
        await engine.collective_rpc("take_steps")
        found.append(await level(client, round(rate, 3)))
        steps = (await engine.collective_rpc("take_steps"))[0]
        found[-1]["steps"] = kinds(steps)
        note(found)
        if found[-1]["goodShare"] >= SHARE:
            low = max(low, rate)
        else:
            high = min(high, rate)
        if high == float("inf"):
            rate = low * 1.125
        elif low == 0.0:
            rate = high / 1.125
        else:
            rate = (low + high) / 2
    return found


async def worker(word: str, model: str, rate: float, levels: int, path: Path) -> None:
    began = float(os.environ["BEGAN"])
    asked, _, only = word.partition(":")
    variant, _, guess = asked.partition("@")
    rate = float(guess or rate)
    from vllm.engine.arg_utils import AsyncEngineArgs
    from vllm.usage.usage_lib import UsageContext
    from vllm.v1.engine.async_llm import AsyncLLM

    imported = time.time()
    args = {"load_format": "dummy", "skip_tokenizer_init": True, **VARIANTS[variant]}
    engine_args = AsyncEngineArgs(
        model=str(HERE / "models" / model), worker_extension_cls="probe.Probe", **args
    )
    config = engine_args.create_engine_config(UsageContext.OPENAI_API_SERVER)
    engine = AsyncLLM.from_vllm_config(
        config, usage_context=UsageContext.OPENAI_API_SERVER, disable_log_stats=True
    )
    ready = time.time()
    client = Client(engine, config.model_config.get_vocab_size())
    await client.batch(1, INPUT, 8)
    record = {
        "variant": variant,
        "engineArgs": args,
        "start": {
            "importSeconds": round(imported - began, 2),
            "readySeconds": round(ready - began, 2),
            "firstAnswerSeconds": round(time.time() - began, 2),
        },
    }

    def save(**more) -> None:
        record.update(more)
        path.write_text(json.dumps(record))

    save()
    for users, length, output in [(8, INPUT, 32), (64, INPUT, 16), (4, 2048, 16)]:
        await client.batch(users, length, output)
    save(oneUser=await client.steady(1, INPUT, OUTPUT, 8.0))
    if only == "sleep":
        save(sleep=[await slept(engine, client, n) for n in (1, 1)])
    if only == "kernels":
        save(prefill=await prefill(engine, client), kernels=await kernels(engine, client))
    if not only:
        await search(engine, client, rate, levels, lambda found: save(levels=found))
    os._exit(0)  # The parent ends the whole group; the engine's own end takes seconds.


async def prefill(engine, client: Client) -> list:
    """The steps of one long prompt alone: [GPU ms, host ms, requests, prompts, tokens]."""
    await client.batch(1, 16384, 1)
    await engine.collective_rpc("take_steps")
    await client.batch(1, 32768, 2)
    return (await engine.collective_rpc("take_steps"))[0]


async def kernels(engine, client: Client) -> dict:
    """[name, calls, microseconds in all] of the kernels of `steps` tokens after a prompt."""
    await engine.collective_rpc("watch_kernels")
    await client.batch(1, 16, 65)
    rows = (await engine.collective_rpc("kernels"))[0]
    return {"steps": 64, "rows": rows[:24], "microseconds": sum(row[2] for row in rows)}


async def slept(engine, client: Client, depth: int) -> dict:
    """Seconds to fall asleep, to wake, and from the wish to wake to the first token."""
    start = time.perf_counter()
    await engine.sleep(level=depth)
    asleep = time.perf_counter()
    await engine.wake_up()
    awake = time.perf_counter()
    await client.batch(1, INPUT, 1)
    return {
        "level": depth,
        "sleepSeconds": round(asleep - start, 3),
        "wakeSeconds": round(awake - asleep, 3),
        "firstTokenSeconds": round(time.perf_counter() - asleep, 3),
    }


def run(options: argparse.Namespace) -> None:
    records, deadline = [], time.monotonic() + options.seconds
    for number, word in enumerate(options.words):
        path = Path(f"/tmp/goodput-{number}.json")
        path.unlink(missing_ok=True)
        command = [sys.executable, __file__, "--worker", str(path), "--model", options.model]
        command += ["--rate", str(options.rate), "--levels", str(options.levels), word]
        log = options.out / f"{options.model}-{number}-{word.replace(':', '-')}.log"
        env = {**os.environ, "BEGAN": str(time.time())}
        outcome = ended(command, log, env, max(5.0, deadline - time.monotonic()))
        record = json.loads(path.read_text()) if path.exists() else {"variant": word}
        records.append({**record, "outcome": outcome})
        document = {
            "model": options.model,
            "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "command": f"python benchmarks/h100/goodput.py --out DIR --model {options.model} "
            f"--rate {options.rate} --levels {options.levels} {' '.join(options.words)}",
            "device": subprocess.run(
                ["nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"],
                capture_output=True,
                text=True,
                check=True,
            ).stdout.strip(),
            "records": records,
        }
        (options.out / f"{options.model}-goodput.json").write_text(json.dumps(document, indent=1))
        print(word, outcome, told(record), flush=True)
        if outcome != "exit code 0":
            print("\n".join(log.read_text(errors="replace").splitlines()[-15:]), flush=True)
        wait_for_memory()


def ended(command: list[str], log: Path, env: dict[str, str], seconds: float) -> str:
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=env, start_new_session=True)
        try:
            return f"exit code {process.wait(seconds)}"
        except subprocess.TimeoutExpired:
            return "cut off by the time limit"
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def told(record: dict) -> str:
    levels = [
        (x["rate"], x["goodShare"], x["meanGapMs"].get("p95")) for x in record.get("levels", ())
    ]
    one = record.get("oneUser", {}).get("itlMs", {}).get("median")
    return f"{record.get('start')} one user {one} ms {levels} {record.get('sleep', '')}"


def wait_for_memory() -> None:
    query = ["nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits"]
    for _ in range(60):
        if int(subprocess.run(query, capture_output=True, text=True, check=True).stdout) < 2000:
            return
        time.sleep(0.3)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("words", nargs="+")
    parser.add_argument("--model", required=True)
    parser.add_argument("--rate", type=float, required=True, help="first guess, requests a second")
    parser.add_argument("--levels", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=560)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--worker", type=Path)
    options = parser.parse_args()
    if options.worker:
        asyncio.run(
            worker(options.words[0], options.model, options.rate, options.levels, options.worker)
        )
    else:
        run(options)


if __name__ == "__main__":
    main()
