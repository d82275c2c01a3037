"""Load clients of others, each in an environment of its own, driven alike."""
