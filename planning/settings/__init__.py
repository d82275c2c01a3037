"""What a user may say in a stack file, and the way from there to frozen values."""

from planning.problems import SettingsError
from planning.settings.load import load_settings
from planning.settings.settings import Settings

__all__ = ["Settings", "SettingsError", "load_settings"]
