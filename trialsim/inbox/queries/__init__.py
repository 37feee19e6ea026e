"""Reading the desk, by page."""
