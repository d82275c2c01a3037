"""What a catalog row holds, by subject."""

from planning.catalog.rows.base import Fact, Row
from planning.catalog.rows.engine import (
    DeviceFacts,
    DeviceRow,
    EngineFacts,
    EngineRow,
    ProcessFacts,
    QuantizationFacts,
    QuantizationRow,
)
from planning.catalog.rows.model import ModelFacts, ModelRow

__all__ = [
    "DeviceFacts",
    "DeviceRow",
    "EngineFacts",
    "EngineRow",
    "Fact",
    "ModelFacts",
    "ModelRow",
    "ProcessFacts",
    "QuantizationFacts",
    "QuantizationRow",
    "Row",
]
