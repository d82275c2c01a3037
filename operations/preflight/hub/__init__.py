"""Models and endpoint hardware of the Hugging Face hub."""
