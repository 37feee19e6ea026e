"""Reviews: drawn work, scorecards, and feedback that arrives."""
