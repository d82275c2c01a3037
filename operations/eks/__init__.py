"""Commands around a cluster of EKS."""
