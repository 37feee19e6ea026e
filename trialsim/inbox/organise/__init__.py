"""Keeping the desk in order: views, selections, what is next, and what a ticket is marked with."""
