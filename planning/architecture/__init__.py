"""A model's own `config.json` to what a plan must know of it; an unknown one is refused."""

from planning.architecture.problem import ArchitectureError
from planning.architecture.read import read_architecture
from planning.architecture.value import Architecture

__all__ = ["Architecture", "ArchitectureError", "read_architecture"]
