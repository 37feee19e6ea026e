"""Pages of letters: half-way letter, closing statement, check-ins, and rating the trial."""
