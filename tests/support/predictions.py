"""A prediction as `up` keeps it, and what a stack like it reports."""

from __future__ import annotations

from planning.prediction import Figure, Prediction

STACK = 'namespace="serving", job="chat"'
MODEL = f'{STACK}, model_name="llama"'
POD = 'namespace="serving", uid="1", pod="chat-engine-1"'
TTFT, ITL = "vllm:time_to_first_token_seconds", "vllm:inter_token_latency_seconds"

PREDICTION = Prediction(
    target="kubernetes",
    model="llama",
    engine_version="vllm-0.33.0",
    place="1 x H100",
    load={"concurrency": 10, "promptTokens": 500, "outputTokens": 250},
    namespace="serving",
    stack="chat",
    pods="chat-engine-",
    figures={
        "ttftMs": Figure(low=60, expected=70, high=90, tested=True),
        "ttftP95Ms": Figure(low=80, expected=90, high=95, tested=True),
        "itlMs": Figure(low=9, expected=10, high=11, tested=True),
        "itlP95Ms": Figure(low=9, expected=11, high=12, tested=True),
        "outputTokensPerSecond": Figure(low=900, expected=1000, high=1100, tested=True),
        "startSeconds": Figure(low=200, expected=300, high=400, at_least=True),
        "replicas": Figure(low=1, expected=2, high=4),
        "monthlyUsd": Figure(low=5000, expected=10000, high=20000),
    },
)

# Values a minute of two replicas with ten requests each: 120 requests, 30,000 tokens.
SERIES: dict[str, float | tuple[float, float]] = {
    "slipway:replicas_ready:max{" + STACK + "}": 2,
    f'vllm:num_requests_running{{{MODEL}, pod="a"}}': 10,
    f'vllm:num_requests_running{{{MODEL}, pod="b"}}': 10,
    f"vllm:generation_tokens_total{{{MODEL}}}": (0, 30_000),
    f"vllm:prompt_tokens_total{{{MODEL}}}": (0, 60_000),
    f"vllm:request_success_total{{{MODEL}}}": (0, 120),
    # Half of the first tokens within 60 ms, all within 80: the median is 60, 95 % keep 78.
    f'{TTFT}_bucket{{{MODEL}, le="0.04"}}': (0, 0),
    f'{TTFT}_bucket{{{MODEL}, le="0.06"}}': (0, 60),
    f'{TTFT}_bucket{{{MODEL}, le="0.08"}}': (0, 120),
    f'{TTFT}_bucket{{{MODEL}, le="+Inf"}}': (0, 120),
    f"{ITL}_sum{{{MODEL}}}": (0, 300),
    f"{ITL}_count{{{MODEL}}}": (0, 30_000),
    f"kube_pod_created{{{POD}}}": 1_000_000,
    f"kube_pod_status_ready_time{{{POD}}}": 1_000_300,
}
