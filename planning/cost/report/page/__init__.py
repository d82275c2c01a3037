"""An estimate as a page with pictures."""
