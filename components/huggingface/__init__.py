"""Facts about Inference Endpoints that program and provider share; pure, without Pulumi."""
