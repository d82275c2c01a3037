"""Quotas and offerings of an AWS account."""
