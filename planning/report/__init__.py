"""The plan for people and for machines."""
