"""What the GPU itself reaches: copy bandwidth, matrix rates, host-to-device copy. Prints one JSON.

python benchmarks/h100/kernels.py
"""

import datetime
import json
import statistics
import subprocess

import torch


def timed(work, repeats: int = 15, warm: int = 4) -> float:
    """Median seconds of one call, by device events."""
    for _ in range(warm):
        work()
    took = []
    for _ in range(repeats):
        a, b = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        a.record()
        work()
        b.record()
        b.synchronize()
        took.append(a.elapsed_time(b) / 1000)
    return statistics.median(took)


def main() -> None:
    torch.manual_seed(1)
    rows: list[dict] = []
    for gib in (1, 4, 8):
        source = torch.empty(gib << 30, dtype=torch.uint8, device="cuda").random_(0, 255)
        target = torch.empty_like(source)
        seconds = timed(lambda s=source, t=target: t.copy_(s))
        rows.append(
            {
                "kernel": "copy",
                "gib": gib,
                "terabytesPerSecond": round(2 * (gib << 30) / seconds / 1e12, 3),
            }
        )
        del source, target
    a = torch.randn(1 << 31, device="cuda", dtype=torch.bfloat16)
    seconds = timed(lambda values=a: values.sum())
    rows.append(
        {
            "kernel": "read (sum of bf16)",
            "gib": 4,
            "terabytesPerSecond": round(a.numel() * 2 / seconds / 1e12, 3),
        }
    )
    del a
    for m in (1, 16, 64, 128, 256, 1024, 8192):
        n = k = 8192
        # Rotating weights: 128 MiB each in bf16, so that no call finds them in the L2 cache.
        x = torch.randn(m, k, device="cuda", dtype=torch.bfloat16)
        weights = [torch.randn(n, k, device="cuda", dtype=torch.bfloat16) for _ in range(6)]
        turn = iter(range(10**9))
        seconds = timed(lambda x=x, w=weights, t=turn: x @ w[next(t) % 6].T)
        rows.append(rate("bf16 matmul", m, n, k, 2, seconds))
        one = torch.ones((), device="cuda")
        if m >= 16:
            x8 = x.to(torch.float8_e4m3fn)
            weights = [w.to(torch.float8_e4m3fn) for w in weights]
            seconds = timed(
                lambda x=x8, w=weights, t=turn, s=one: torch._scaled_mm(
                    x,
                    w[next(t) % 6].T,
                    scale_a=s,
                    scale_b=s,
                    out_dtype=torch.bfloat16,
                    use_fast_accum=True,
                )
            )
            rows.append(rate("fp8 matmul", m, n, k, 1, seconds))
        del x, weights
    host = torch.empty(1 << 30, dtype=torch.uint8, pin_memory=True)
    card = torch.empty(1 << 30, dtype=torch.uint8, device="cuda")
    seconds = timed(lambda: card.copy_(host, non_blocking=True), repeats=5, warm=1)
    rows.append(
        {
            "kernel": "pinned host to device",
            "gib": 1,
            "terabytesPerSecond": round((1 << 30) / seconds / 1e12, 4),
        }
    )
    fields = "name,driver_version,memory.total,power.limit,clocks.sm,clocks.max.sm,clocks.mem"
    query = ["nvidia-smi", f"--query-gpu={fields}", "--format=csv,noheader"]
    row = subprocess.run(query, capture_output=True, text=True, check=True).stdout
    free, total = torch.cuda.mem_get_info()
    print(
        json.dumps(
            {
                "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
                "device": dict(
                    zip(fields.split(","), (x.strip() for x in row.split(",")), strict=True)
                ),
                "versions": {"torch": torch.__version__, "cuda": torch.version.cuda},
                "command": "python benchmarks/h100/kernels.py",
                "multiprocessors": torch.cuda.get_device_properties(0).multi_processor_count,
                "deviceTotalBytes": total,
                "deviceFreeBytes": free,
                "rows": rows,
            },
            indent=1,
        )
    )


def rate(kernel: str, m: int, n: int, k: int, size: int, seconds: float) -> dict:
    moved = size * (m * k + n * k) + 2 * m * n
    return {
        "kernel": kernel,
        "m": m,
        "n": n,
        "k": k,
        "microseconds": round(seconds * 1e6, 2),
        "teraflops": round(2 * m * n * k / seconds / 1e12, 2),
        "terabytesPerSecond": round(moved / seconds / 1e12, 3),
    }


if __name__ == "__main__":
    main()
