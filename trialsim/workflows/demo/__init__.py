"""A demo: a ghost cohort that has worked until a day, through the same actions as people use."""
