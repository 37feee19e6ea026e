"""Reading statements, packets, votes and letters."""
