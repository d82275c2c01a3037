"""What vLLM's log says of a start: figures to read, and lines worth keeping."""

import re

LOG_FACTS = {
    "loadSeconds": r"Model loading took [\d.]+ GiB(?: memory)? and ([\d.]+) seconds",
    "dynamoSeconds": r"Dynamo bytecode transform time: ([\d.]+) s",
    "compileSeconds": r"torch\.compile took ([\d.]+) s",
    "captureSeconds": r"Graph capturing finished in ([\d.]+) secs",
    "engineInitSeconds": r"init engine .*? took ([\d.]+) s",
}
KEEP = re.compile(
    r"backend|took|takes|time:|KV cache|GiB|Model Runner|Chunked|async|Capturing|warmup|"
    r"WARNING|ERROR|Error",
    re.I,
)
