"""A life beside the trial: pauses, one dropped day, other hours, accommodations."""
