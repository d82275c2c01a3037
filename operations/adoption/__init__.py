"""Objects on AWS that a killed run has made and the state does not know: found by tag, adopted."""
