"""Replays beside another simulator, and the search for rules."""
