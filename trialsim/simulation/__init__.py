"""Pure: what happens to a candidate: planned tickets, people, customers who answer."""
