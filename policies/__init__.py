"""A Pulumi policy pack: one rule a file, for any program's resources."""
