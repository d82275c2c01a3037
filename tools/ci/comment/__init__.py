"""The one comment of a change, and the one issue of a stack that has drifted."""
