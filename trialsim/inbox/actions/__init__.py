"""Everything that changes tickets, by what it is about."""
