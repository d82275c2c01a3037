"""Load on an OpenAI-compatible endpoint: `python -m benchmarks.load URL`."""
