"""Everything that changes on the way from the statements to the letter."""
