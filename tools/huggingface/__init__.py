"""The page about Inference Endpoints' fields."""
