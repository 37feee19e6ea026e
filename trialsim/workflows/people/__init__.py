"""People of a cohort: inviting them, seeing what is missing, starting."""
