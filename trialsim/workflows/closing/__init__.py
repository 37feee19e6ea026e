"""A manager's page on which a month ends: what is missing, the packets, what was decided."""
