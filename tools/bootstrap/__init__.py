"""Finds or installs what the product needs: uv, the environment, Go."""
