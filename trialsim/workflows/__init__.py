"""Workflows: stories that cross features, each told in one place."""
