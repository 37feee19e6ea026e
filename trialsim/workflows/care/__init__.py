"""A life beside the trial: the candidate's own page of it, leaving, and accommodations."""
