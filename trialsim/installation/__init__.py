"""Installation: whether this is a demo, and a demo's own clock."""
