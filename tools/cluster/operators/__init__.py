"""What tests put on a cluster and take away again: operators, storage, the Gateway API."""
