"""Migrations live in the package and are configured in code."""
