"""Sending requests and stamping what comes back."""
