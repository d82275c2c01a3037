"""Operators that tests put on a cluster and take away again: KEDA, Prometheus, storage, kwok."""
