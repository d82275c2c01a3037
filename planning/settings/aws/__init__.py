"""Section `aws`: what is made on AWS."""

from planning.settings.aws.section import Aws

__all__ = ["Aws"]
