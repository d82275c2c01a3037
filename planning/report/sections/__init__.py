"""The parts of a report, one a file: a plan to a section's tables and picture."""
