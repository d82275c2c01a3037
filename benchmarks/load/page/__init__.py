"""A run as a page with pictures."""
