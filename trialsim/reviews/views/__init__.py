"""Pages of reviews: a mentor's list and scorecards, a candidate's feedback."""
