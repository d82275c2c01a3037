"""Models of a Triton repository, for goldens and for the real server."""

from __future__ import annotations

from pathlib import Path

from components.specs.triton import (
    DynamicBatchingSpec,
    EnsembleStepSpec,
    InstancesSpec,
    TensorSpec,
    TritonModelSpec,
)

_CODE = Path(__file__).with_name("triton_backend") / "model.py"


def python_model(
    folder: str = "/model", code: str = "/app", delay_microseconds: int = 5000
) -> TritonModelSpec:
    """Next tokens by our converted model in `folder` and our runner in `code`."""
    return TritonModelSpec(
        name="next_token",
        backend="python",
        max_batch=8,
        inputs=(TensorSpec(name="tokens", type="INT64", dims=(-1,)),),
        outputs=(TensorSpec(name="next", type="INT64", dims=(1,)),),
        batching=DynamicBatchingSpec(delay_microseconds=delay_microseconds, queue=64),
        instances=InstancesSpec(count=1, kind="cpu"),
        parameters={"folder": folder, "code": code},
        files={"model.py": _CODE.read_text(encoding="utf-8")},
    )


def pipeline() -> tuple[TritonModelSpec, ...]:
    """Every backend, every kind of instance, and an ensemble over two of them."""
    image = TensorSpec(name="image", type="UINT8", dims=(-1, -1, 3))
    pixels = TensorSpec(name="pixels", type="FP32", dims=(3, 224, 224))
    scores = TensorSpec(name="scores", type="FP16", dims=(1000,))
    return (
        TritonModelSpec(
            name="resize",
            backend="python",
            max_batch=16,
            inputs=(image,),
            outputs=(pixels,),
            instances=InstancesSpec(count=4, kind="cpu"),
            parameters={"note": 'sizes "224"\nby bilinear filter'},
            files={"model.py": "# resizes\n"},
        ),
        TritonModelSpec(
            name="classify",
            backend="tensorrt",
            max_batch=32,
            inputs=(pixels,),
            outputs=(scores,),
            batching=DynamicBatchingSpec(
                delay_microseconds=2000,
                preferred=(8, 16, 32),
                queue=128,
                timeout_microseconds=500_000,
            ),
            instances=InstancesSpec(count=2, kind="gpu", gpus=(0, 1)),
        ),
        TritonModelSpec(
            name="embed",
            backend="onnxruntime",
            max_batch=64,
            inputs=(TensorSpec(name="tokens", type="INT64", dims=(-1,)),),
            outputs=(TensorSpec(name="vector", type="FP32", dims=(384,)),),
            batching=DynamicBatchingSpec(delay_microseconds=1000),
        ),
        TritonModelSpec(
            name="image_classes",
            backend="ensemble",
            max_batch=16,
            inputs=(image,),
            outputs=(scores,),
            steps=(
                EnsembleStepSpec(
                    model="resize", inputs={"image": "image"}, outputs={"pixels": "small"}
                ),
                EnsembleStepSpec(
                    model="classify", inputs={"pixels": "small"}, outputs={"scores": "scores"}
                ),
            ),
        ),
    )
