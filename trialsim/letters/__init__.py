"""Letters: what candidate and organisation tell each other about the month, apart from the work."""
