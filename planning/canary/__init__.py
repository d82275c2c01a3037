"""A second revision of the model, planned like a stack of its own beside the first."""
