"""What a user may say in a stack file: frozen sections, each field described once."""

from planning.settings.settings import Settings

__all__ = ["Settings"]
