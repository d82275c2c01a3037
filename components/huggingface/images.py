"""Engine images of an endpoint and the fields that each declares.

The API drops a field that the image does not declare, without a word: so anything else is refused.

Sources: the variants, `url`, `port`, `healthRoute` and the parallel sizes are those of
huggingface_hub 2.4.0 (`cli/inference_endpoints.py`, `_inference_endpoints.py`); the other fields
are those of the Terraform provider gorgias-oss/huggingface (`docs/resources/endpoint.md`,
4e0aa77b, looked up 2026-11-22), whose JSON names its client library states.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MANAGED: Final = "huggingface"
"""The image that Hugging Face chooses; it takes no field."""
CUSTOM: Final = "custom"
"""Any container; the only one that takes registry credentials."""

_CONTAINER: Final = {"url": str, "port": int, "healthRoute": str}
_TGI: Final = {
    "maxBatchPrefillTokens": int,
    "maxBatchTotalTokens": int,
    "maxInputLength": int,
    "maxTotalTokens": int,
}

IMAGES: Final[Mapping[str, Mapping[str, type]]] = {
    MANAGED: {},
    CUSTOM: _CONTAINER,
    "hfServe": _CONTAINER,
    "llamacpp": {
        **_CONTAINER,
        "modelPath": str,
        "ctxSize": int,
        "embeddings": bool,
        "nParallel": int,
        "threadsHttp": int,
    },
    "sGLang": {**_CONTAINER, "tensorParallelSize": int},
    "tei": {**_CONTAINER, "maxBatchTokens": int, "maxConcurrentRequests": int, "pooling": str},
    "tgi": {**_CONTAINER, **_TGI, "disableCustomKernels": bool, "quantize": str},
    "tgiNeuron": {**_CONTAINER, **_TGI, "hfAutoCastType": str, "hfNumCores": int},
    "vLLM": {
        **_CONTAINER,
        "tensorParallelSize": int,
        "dataParallelSize": int,
        "kvCacheDtype": str,
        "maxNumBatchedTokens": int,
        "maxNumSeqs": int,
    },
    "vLLMNeuron": _CONTAINER,
}
"""Variant -> field -> its type."""

OPENAI: Final = frozenset({"vLLM", "sGLang", "llamacpp", "tgi", "tgiNeuron", "vLLMNeuron"})
"""Engines that answer `/v1/chat/completions`."""

MAINTENANCE: Final = frozenset({"tgi", "tgiNeuron"})
"""In maintenance mode; Hugging Face recommends vLLM or SGLang for new endpoints.

Source: hf-endpoints-documentation, docs/source/engines/tgi.md, 6b7307ab, 2026-08-20.
"""


def undeclared(variant: str, settings: Mapping[str, object]) -> list[str]:
    """Fields of `settings` that the image would not get, in their order."""
    return [name for name in settings if name not in IMAGES[variant]]
