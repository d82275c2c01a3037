"""Hardware rows agree with independent figures, and prices do to the last digit."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from planning.catalog import load_catalog

SECOND = Path(__file__).parents[1] / "data/aws_ec2_us_east_1_2026-09-24.csv"
REGION = "us-east-1"
# Type, GPU, GPUs, vCPU, GiB, NVMe GB, EFA, $/h, quota; from the planning reference sheet.
SHEET = [
    ("g5.xlarge", "A10G", 1, 4, 16, 250, None, "1.006", "G"),
    ("g5.12xlarge", "A10G", 4, 48, 192, 3800, 1, "5.672", "G"),
    ("g5.48xlarge", "A10G", 8, 192, 768, 7600, 1, "16.288", "G"),
    ("g6.xlarge", "L4", 1, 4, 16, 250, None, "0.8048", "G"),
    ("g6.48xlarge", "L4", 8, 192, 768, 7520, 1, "13.3504", "G"),
    ("g6e.xlarge", "L40S", 1, 4, 32, 250, None, "1.861", "G"),
    ("g6e.48xlarge", "L40S", 8, 192, 1536, 7600, 4, "30.13118", "G"),
    ("g7.2xlarge", "RTX-PRO-4500", 1, 8, 32, 440, None, "2.52", "G"),
    ("g7e.2xlarge", "RTX-PRO-6000", 1, 8, 64, 1900, None, "3.36312", "G"),
    ("g7e.48xlarge", "RTX-PRO-6000", 8, 192, 2048, 15200, 4, "33.14432", "G"),
    ("p4d.24xlarge", "A100-40", 8, 96, 1152, 8000, 4, "21.957642", "P"),
    ("p4de.24xlarge", "A100-80", 8, 96, 1152, 8000, 4, "27.44705", "P"),
    ("p5.4xlarge", "H100", 1, 16, 256, 3800, 1, "6.88", "P"),
    ("p5.48xlarge", "H100", 8, 192, 2048, 30400, 32, "55.04", "P"),
    ("p5e.48xlarge", "H200", 8, 192, 2048, 30400, 32, None, "P"),
    ("p5en.48xlarge", "H200", 8, 192, 2048, 30400, 16, "63.296", "P"),
    ("p6-b200.48xlarge", "B200", 8, 192, 2048, 30400, 8, "113.9328", "P"),
    ("p6-b300.48xlarge", "B300", 8, 192, 4096, 30400, 16, "142.416", "P"),
]


def test_prices_equal_a_second_source_to_the_last_digit() -> None:
    catalog = load_catalog()
    lines = [line for line in SECOND.read_text().splitlines() if not line.startswith("#")]
    second = {name: Decimal(price) for name, price in csv.reader(lines)}
    ours = {name: catalog.on_demand(name, REGION) for name in second}
    assert {name: row and row.value.usd_per_hour for name, row in ours.items()} == second
    gpus = [name for name in second if catalog.instances[name].value.gpus]
    assert len(second) >= 60
    assert len(gpus) >= 30


@pytest.mark.parametrize("line", SHEET, ids=lambda line: line[0])
def test_an_instance_is_as_the_reference_sheet_says(line: tuple[str, ...]) -> None:
    name, gpu, gpus, vcpus, gib, nvme, efa, price, quota = line
    row = load_catalog().instances[name].value
    assert (row.gpu, row.gpus, row.vcpus, row.memory_mib) == (gpu, gpus, vcpus, int(gib) * 1024)
    assert (row.nvme_gb, row.efa, row.quota) == (nvme, efa, quota)
    priced = load_catalog().on_demand(name, REGION)
    assert (priced and priced.value.usd_per_hour) == (Decimal(price) if price else None)


def test_no_price_is_used_in_another_region() -> None:
    assert load_catalog().on_demand("g5.xlarge", "eu-north-1") is None


def test_nothing_unknown_is_a_zero() -> None:
    for gpu in load_catalog().gpus.values():
        assert all(rate > 0 for rate in gpu.value.dense_tflops.values())
    assert load_catalog().gpus["RTX-PRO-4500"].value.dense_tflops == {}


def test_eight_and_sixteen_bit_rates_fit_each_other() -> None:
    for gpu in load_catalog().gpus.values():
        rates = gpu.value.dense_tflops
        assert rates.get("bf16", rates.get("fp16")) == rates.get("fp16")
        if "fp8" in rates:
            assert rates["fp8"] / rates["bf16"] == pytest.approx(2, rel=0.03)


def test_endpoints_cost_the_same_for_each_gpu_or_more() -> None:
    rows = load_catalog().hf_hardware
    assert rows["aws/nvidia-h100/x1"].value.status == "deprecated"
    assert rows["aws/nvidia-h200/x8"].value.usd_per_hour == Decimal(40)
    assert {row.value.status for row in rows.values()} == {"listed", "deprecated"}
