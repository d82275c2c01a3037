"""The Inference Endpoint of a plan."""

from __future__ import annotations

from components.specs import HfEndpointSpec, HfGatewaySpec, HfImageSpec
from planning.catalog import Catalog
from planning.choice import Candidate
from planning.gateway import gateway_spec
from planning.inference_endpoint import endpoint_spec
from planning.settings import Settings


def planned_endpoint(
    settings: Settings, chosen: Candidate | None, catalog: Catalog
) -> HfEndpointSpec | None:
    """None where no hardware fits."""
    if chosen is None or chosen.hf_hardware is None:
        return None
    model = settings.models[0]
    repository, _, revision = model.source.text.removeprefix("hf:").partition("@")
    return endpoint_spec(
        settings.hugging_face,
        hardware=chosen.hf_hardware,
        accelerator="gpu" if chosen.gpu else "cpu",
        repository=repository,
        revision=revision,
        model_name=model.served_name,
        replicas=chosen.replicas,
        image=_image(chosen, catalog),
        arguments=_arguments(settings, chosen),
    )


def planned_gateway(settings: Settings) -> HfGatewaySpec | None:
    """None where clients call the endpoint itself."""
    section = settings.hugging_face
    if settings.target != "hf-endpoint" or section.local_gateway is None:
        return None
    usual = None if section.type == "public" else "env:HF_TOKEN"
    return HfGatewaySpec(
        gateway=gateway_spec(settings, settings.access.host.text),
        token=section.local_gateway.token or usual,
    )


def _image(chosen: Candidate, catalog: Catalog) -> HfImageSpec | None:
    """With the flags that the API has fields of its own for."""
    url, serving = catalog.engine_versions[chosen.engine_version].value.image, chosen.serving
    if url is None or serving is None:
        return None
    fields: dict[str, str | int | bool] = {
        "tensorParallelSize": serving.tensor_parallel,
        "maxNumSeqs": serving.sequences,
        "maxNumBatchedTokens": serving.batched_tokens,
    }
    if serving.kv_bits == 8:
        fields["kvCacheDtype"] = "fp8"
    return HfImageSpec(variant="vLLM", url=url, settings=fields)


def _arguments(settings: Settings, chosen: Candidate) -> tuple[str, ...]:
    """The others, where the image is vLLM's: of `vllm serve` 0.33.0 (vllm/engine/arg_utils.py)."""
    serving, engine = chosen.serving, settings.engine
    own = settings.hugging_face.image
    if serving is None or (own is not None and own.variant != "vLLM"):
        return ()
    flags = {
        "--served-model-name": settings.models[0].served_name,
        "--max-model-len": serving.context,
        "--quantization": chosen.quantization if serving.storage is not None else None,
        "--gpu-memory-utilization": engine.gpu_memory_utilization,
        "--kv-cache-memory-bytes": serving.kv_cache_bytes,
    }
    return tuple(
        text for flag, value in flags.items() if value is not None for text in (flag, str(value))
    )
