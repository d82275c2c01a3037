"""The `huggingface` provider: Inference Endpoints as Pulumi resources."""
