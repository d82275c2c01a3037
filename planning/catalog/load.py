"""Read the catalog; a row without source or date is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from planning.catalog.models import ModelTable
from planning.catalog.rows import DeviceRow, EngineRow, ModelRow, QuantizationRow
from planning.catalog.rows.aws import AddonRow, ServiceEndpointRow, ServicePriceRow
from planning.catalog.rows.contract import EngineContractRow
from planning.catalog.rows.cost import CostKindRow
from planning.catalog.rows.hardware import GpuRow, HfHardwareRow, InstanceRow, PriceRow, QuotaRow
from planning.catalog.rows.pins import ChartRow, ImageRow
from planning.catalog.rows.software import (
    AdvisoryRow,
    AmiRow,
    CudaRow,
    EngineVersionRow,
    KubernetesFeatureRow,
    KubernetesRow,
    ModelSupportRow,
    NodeModeRow,
    OperatorRow,
    SupportRow,
)
from planning.catalog.rows.start import EngineStartRow, StartRateRow, TimingRow
from planning.catalog.rows.targets import TargetLimitRow
from planning.catalog.rows.throughput import CalibrationRow
from planning.catalog.rows.tuning import EngineTuningRow
from planning.catalog.tables import LazyTable, read_table


@dataclass(frozen=True)
class Catalog:
    """All facts, by row id. What only clusters and clouds need is read when first looked at."""

    models: ModelTable
    engines: Mapping[str, EngineRow]
    devices: Mapping[str, DeviceRow]
    quantizations: Mapping[str, QuantizationRow]
    gpus: Mapping[str, GpuRow]
    instances: Mapping[str, InstanceRow]
    quotas: Mapping[str, QuotaRow]
    prices: Mapping[str, PriceRow]
    hf_hardware: Mapping[str, HfHardwareRow]
    engine_versions: Mapping[str, EngineVersionRow]
    engine_contracts: Mapping[str, EngineContractRow]
    images: Mapping[str, ImageRow]
    charts: Mapping[str, ChartRow]
    cuda: Mapping[str, CudaRow]
    quantization_support: Mapping[str, SupportRow]
    model_support: Mapping[str, ModelSupportRow]
    amis: Mapping[str, AmiRow]
    kubernetes_versions: Mapping[str, KubernetesRow]
    kubernetes_features: Mapping[str, KubernetesFeatureRow]
    node_modes: Mapping[str, NodeModeRow]
    operators: Mapping[str, OperatorRow]
    addons: Mapping[str, AddonRow]
    service_endpoints: Mapping[str, ServiceEndpointRow]
    service_prices: Mapping[str, ServicePriceRow]
    cost_kinds: Mapping[str, CostKindRow]
    advisories: Mapping[str, AdvisoryRow]
    calibrations: Mapping[str, CalibrationRow]
    target_limits: Mapping[str, TargetLimitRow]
    start_rates: Mapping[str, StartRateRow]
    engine_starts: Mapping[str, EngineStartRow]
    engine_tunings: Mapping[str, EngineTuningRow]
    timings: Mapping[str, TimingRow]

    def model_of(self, source: str) -> ModelRow | None:
        """The row of the model at exactly this source, or in this hub repository."""
        return self.models.at(source)

    def on_demand(self, instance: str, region: str) -> PriceRow | None:
        """The list price there; None: not known, which is neither free nor another region's."""
        return self.prices.get(f"{region}/{instance}")


@cache
def load_catalog(folder: Path = Path(__file__).parent) -> Catalog:
    """Raises CatalogError for a row that lacks a source, a date or a value."""
    return Catalog(
        models=ModelTable(folder),
        engines=read_table(folder / "engines.yaml", EngineRow),
        devices=read_table(folder / "devices.yaml", DeviceRow),
        quantizations=read_table(folder / "quantizations.yaml", QuantizationRow),
        gpus=LazyTable(folder, "gpus", GpuRow),
        instances=LazyTable(folder, "instances", InstanceRow),
        quotas=LazyTable(folder, "quotas", QuotaRow),
        prices=LazyTable(folder, "prices", PriceRow),
        hf_hardware=LazyTable(folder, "hf_hardware", HfHardwareRow),
        engine_versions=LazyTable(folder, "engine_versions", EngineVersionRow),
        engine_contracts=LazyTable(folder, "engine_contracts", EngineContractRow),
        images=LazyTable(folder, "images", ImageRow),
        charts=LazyTable(folder, "charts", ChartRow),
        cuda=LazyTable(folder, "cuda", CudaRow),
        quantization_support=LazyTable(folder, "quantization_support", SupportRow),
        model_support=LazyTable(folder, "model_support", ModelSupportRow),
        amis=LazyTable(folder, "amis", AmiRow),
        kubernetes_versions=LazyTable(folder, "kubernetes_versions", KubernetesRow),
        kubernetes_features=LazyTable(folder, "kubernetes_features", KubernetesFeatureRow),
        node_modes=LazyTable(folder, "node_modes", NodeModeRow),
        operators=LazyTable(folder, "operators", OperatorRow),
        addons=LazyTable(folder, "addons", AddonRow),
        service_endpoints=LazyTable(folder, "service_endpoints", ServiceEndpointRow),
        service_prices=LazyTable(folder, "service_prices", ServicePriceRow),
        cost_kinds=LazyTable(folder, "cost_kinds", CostKindRow),
        advisories=LazyTable(folder, "advisories", AdvisoryRow),
        calibrations=LazyTable(folder, "calibrations", CalibrationRow),
        target_limits=LazyTable(folder, "target_limits", TargetLimitRow),
        start_rates=LazyTable(folder, "start_rates", StartRateRow),
        engine_starts=LazyTable(folder, "engine_starts", EngineStartRow),
        engine_tunings=LazyTable(folder, "engine_tunings", EngineTuningRow),
        timings=LazyTable(folder, "timings", TimingRow),
    )
