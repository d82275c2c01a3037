"""One version for the `huggingface` provider plugin and the program that asks for it."""

VERSION = "0.1.0"
