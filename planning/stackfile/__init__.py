"""From what people wrote to valid settings, or to every problem at once."""

from planning.problems import SettingsError
from planning.stackfile.file import load_stack_file, stack_name
from planning.stackfile.load import load_settings

__all__ = ["SettingsError", "load_settings", "load_stack_file", "stack_name"]
