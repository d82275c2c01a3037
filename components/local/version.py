"""One version for the `local` provider plugin and the program that asks for it."""

VERSION = "0.1.0"
