"""A real Kubernetes of one node, for tests and for people without one."""
