"""A trace through deployed rules: GPU-hours, share in SLO, queue and dollars, without an engine."""
