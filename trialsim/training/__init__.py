"""Training: the first days' steps, the readiness quiz, and one more day where it is given."""
