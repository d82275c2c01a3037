"""Pictures of a plan as SVG text: small pure functions, no library."""
