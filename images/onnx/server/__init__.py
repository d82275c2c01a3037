"""OpenAI-compatible server over plain ONNX Runtime with its own continuous batching."""
