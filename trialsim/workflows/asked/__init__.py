"""Asked of me: everything that waits for one mentor, on one page."""
