"""Programmes: rules, cohorts starting together, and who holds which role."""
