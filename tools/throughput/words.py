"""The words of docs/throughput.md."""

HEAD = """<!-- Written by `python -m tools.throughput`; edit the code instead. -->
# Throughput and latency

How fast a replica answers is a roofline (`planning/throughput/`): bytes and operations of a step \
by the model's shape, on the GPU's data sheet, with a few constants fitted to measured points. A \
figure is shown only inside what was measured; elsewhere a plan says "no estimate" and why.

Points: `benchmarks/results/h100/` (vLLM {version}, one {gpu}, random weights, two visits, \
{points} points of {dense} dense models and {mixtures} mixtures of experts). Points marked \
`stalled`, `kvOvercommitted` or `routingSpread: false` are left out; a plan for another version \
says "measured on {version}, deployed as …".
"""
COVERAGE = """
## Does the interval hold?

Each model, with all its variants, is left out in turn: constants and width come from the other \
models alone (the width from their own left-out errors, split conformal at 90 %), and the left-out \
points are looked up in that interval. Shown are figures with 87–93 % inside and a factor of at \
most ×{dense} for dense models and ×{mixtures} for mixtures; a percentile only beside its typical \
figure. The factor below is the shipped one, from all models.

| models | figure | loads | points | inside | coverage | factor | shown |
|---|---|---|--:|--:|--:|--:|---|"""
TAILS = """
Planned loads are one user, and 8 to 256 users in a closed loop; they alone are fitted and make \
the width. Batches (all requests at once, and once) are not loads of a plan: they are predicted, \
never fitted, and looked up in the same interval; their TTFT, mostly a queue for prefill, does not \
lie in it. TTFT is the median, ITL the mean; p95 of TTFT is over requests, p95 of ITL over \
answers, each the mean gap of its tokens, and rests on 16 to 386 of them. Of single gaps no \
percentile is predicted: 95 % are plain steps or prefills, by a hair. 256 users, and prompts of \
4,096 tokens, are from one small model alone.

What the test does not see: the form of the model was chosen on these points too. For dense \
models, six variants were tried; TTFT came from ×1.36 to ×1.29 with what the timed steps showed \
(two steps before a prompt's own, launches counted by the CPU's clock), ITL from ×1.16 to ×1.10. \
For mixtures, four sets of fitted constants were tried, three of them with two ways to average \
launches; coverage for ITL came to 70 to 90 %, and only the set that was taken, the one with the \
fewest constants, lies in the band of 87 to 93 %. Its coverage is therefore optimistic: with four \
models one point is 3 %, and a clean test needs mixtures that were not seen here: \
take their interval with that in mind."""
MIXTURES = """
## Mixtures of experts

Routers were set so that tokens go to all experts alike, and that was counted in the engine \
(`routing` in the data files); trained routers spread less evenly, so real batches may read fewer \
experts. One constant is fitted, two of launches are measured, the rest is as of dense models. \
TTFT is not shown: steps with a prompt are bound by launches from the CPU, 1.0 to 1.9 ms a layer, \
and what that depends on was not found: twice as long for the kernels of gpt-oss and for latent \
attention as for Qwen3 and Mixtral."""
NOT_USED = """
## Not used

MLPerf results and other published rates: their engines, lengths and loads differ. Other GPUs, \
tensor parallelism, other formats, prompts and contexts outside the constants' range: not \
measured, so no estimate."""
