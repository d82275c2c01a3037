"""Rows of Inference Endpoint hardware, held against what the API lists today."""
