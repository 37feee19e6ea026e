"""Candidates flag tickets that are unfair or not real, and managers rule on them."""
