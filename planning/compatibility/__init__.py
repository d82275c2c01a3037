"""Whether image, CUDA, driver, node image, GPU, cluster and operators work together; pure."""

from planning.compatibility.deployment import Deployment, Paths
from planning.compatibility.rules import compatibility_problems

__all__ = ["Deployment", "Paths", "compatibility_problems"]
