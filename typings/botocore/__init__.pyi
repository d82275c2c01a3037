"""The part of botocore that the pre-flight uses; the package itself has no types."""
