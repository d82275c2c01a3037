"""Alerts by what they are about; each has a page in docs/runbooks."""
