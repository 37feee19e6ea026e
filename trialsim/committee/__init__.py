"""Committee: sealed packets, hidden votes, decisions with reasons, letters."""
