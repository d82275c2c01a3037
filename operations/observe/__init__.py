"""What was predicted, held against what came: `python -m operations observe`."""
