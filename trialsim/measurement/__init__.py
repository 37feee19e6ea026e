"""Pure: what may be concluded from a trial."""
