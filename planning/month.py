"""What a month is, wherever something is priced."""

HOURS = 730
"""Of a month: a year's hours over twelve."""
