"""Calibrates the planner's roofline by measured points; tests its intervals on held-out ones."""
