"""What all parts of the suite share."""

from __future__ import annotations

from hypothesis import settings

# A busy machine is no mistake: no test fails for its time.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
