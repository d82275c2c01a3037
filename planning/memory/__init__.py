"""Whether a model fits GPUs under vLLM, and how much of it: weights, KV cache, what steps need."""

from planning.memory.fit import Fit, fit
from planning.memory.problems import Place
from planning.memory.serving import Serving, default_serving

__all__ = ["Fit", "Place", "Serving", "default_serving", "fit"]
