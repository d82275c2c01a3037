"""A stack with the product's component and a paced token source in the model's place."""

import pulumi

from components.local.place import run_directory
from components.local.serving import LocalServing, LocalServingArgs
from components.specs import GatewaySpec, KeySpec, LocalSpec, ModelSpec, ServerSpec

config = pulumi.Config("paced").require_object("spec")
spec = LocalSpec(
    model=ModelSpec(
        name="paced",
        source="file:none",
        sha256=None,
        quantization="int4",
        device="cpu",
        max_context=2048,
        min_top1_agreement=0.0,
        max_perplexity_ratio=1.0,
    ),
    server=ServerSpec(
        model_name="paced",
        max_context=2048,
        max_concurrent=config.get("maxConcurrent", 128),
        max_queue=config.get("maxQueue", 64),
        threads=1,
        request_timeout_seconds=120.0,
        drain_seconds=config.get("drain", 30.0),
        ready_timeout_seconds=30.0,
        memory_bytes=1 << 27,
    ),
    replicas=config["replicas"],
    gateway=GatewaySpec(
        host="127.0.0.1",
        port=config["port"],
        tls=None,
        keys=tuple(
            KeySpec(name=name, source="generated") for name in config.get("keys", ["default"])
        ),
        requests_per_minute=config.get("requestsPerMinute"),
        max_connections=512,
        max_streams=512,
        request_timeout_seconds=120.0,
        max_request_bytes=1 << 20,
        drain_seconds=30.0,
    ),
)
serving = LocalServing(
    config.get("name", "paced"),
    LocalServingArgs(
        spec=spec,
        run_directory=run_directory(pulumi.get_project(), pulumi.get_stack()),
        server_module="tests.support.paced_server",
        server_options=("--tokens-per-second", str(config.get("tokensPerSecond", 20))),
        artefact="none",
    ),
)
pulumi.export("baseUrl", f"http://127.0.0.1:{config['port']}/v1")
pulumi.export("keys", pulumi.Output.secret(pulumi.Output.all(**serving.keys)))
