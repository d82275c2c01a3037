"""A server with known delays, to measure measuring clients with."""
