"""The peer of `eks-preview`: AWS CDK."""
