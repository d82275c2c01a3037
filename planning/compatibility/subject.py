"""A deployment with its catalog rows, as rules look at it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from planning.catalog import Catalog
from planning.catalog.rows.hardware import GpuFacts, InstanceFacts
from planning.catalog.rows.software import AmiFacts, EngineVersionFacts
from planning.compatibility.deployment import Deployment
from planning.compatibility.versions import older
from planning.problems import Problem


@dataclass(frozen=True)
class Subject:
    """What a rule may look at; a name that the catalog does not know gives None here."""

    deployment: Deployment
    catalog: Catalog
    today: datetime.date

    @property
    def engine(self) -> EngineVersionFacts | None:
        row = self.catalog.engine_versions.get(self.deployment.engine)
        return row.value if row else None

    @property
    def instance(self) -> InstanceFacts | None:
        row = self.catalog.instances.get(self.deployment.instance or "")
        return row.value if row else None

    @property
    def ami(self) -> AmiFacts | None:
        row = self.catalog.amis.get(self.deployment.ami or "")
        return row.value if row else None

    @property
    def gpu_name(self) -> str | None:
        endpoint = self.catalog.hf_hardware.get(self.deployment.hf_hardware or "")
        if self.instance is not None:
            return self.instance.gpu
        return endpoint.value.gpu if endpoint else self.deployment.gpu

    @property
    def gpu(self) -> GpuFacts | None:
        row = self.catalog.gpus.get(self.gpu_name or "")
        return row.value if row else None

    @property
    def driver(self) -> str | None:
        """The driver that runs: of an image with several, the oldest that the GPU works with."""
        if self.ami is None:
            return self.deployment.driver
        need = self.gpu.min_driver if self.gpu else None
        good = [driver for driver in self.ami.drivers if not (need and older(driver, need))]
        return next(iter(good or self.ami.drivers[-1:]), None)

    @property
    def driver_origin(self) -> str:
        """Where a problem about the driver is mended."""
        paths = self.deployment.paths
        return paths.ami if self.deployment.ami else paths.driver


def runner_of(engine: EngineVersionFacts) -> str | None:
    """What multiplies: Triton holds another engine."""
    return next((name for name in ("vllm", "tensorrt-llm") if name in engine.contains), None)


Rule = Callable[[Subject], Iterable[Problem]]
