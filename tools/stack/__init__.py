"""The dev stack for people: `make up`, `make down`, `make shell`. Plain `pulumi` does the work."""

STACK = "dev"
