"""Checks and tests, each with one command for people and for CI."""
