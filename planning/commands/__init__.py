"""One file a command of `python -m planning`: its arguments, and what it does."""
