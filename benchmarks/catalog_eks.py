"""The benchmark of a preview of EKS and its goals."""

from __future__ import annotations

from benchmarks.goal import Benchmark, Goal

EKS_PREVIEW = Benchmark(
    name="eks-preview",
    title="The program of `eks-prod` in `pulumi preview`, beside a synth by AWS CDK",
    timeout_seconds=900,
    goals=(
        Goal(
            key="resource",
            title="CPU of the program beyond imports, each resource",
            unit="ms",
            sense="at most",
            wanted=4.5,
        ),
        Goal(
            key="against-cdk",
            title="CPU beyond imports, each resource, against AWS CDK",
            unit="x",
            sense="at most",
            wanted=0.2,
        ),
        Goal(
            key="whole",
            title="CPU of the whole program, imports too, against AWS CDK's AWS half",
            unit="x",
            sense="at most",
            wanted=None,
        ),
    ),
)
