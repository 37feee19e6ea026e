"""Everything held about a person, for that person: one archive, made in one request."""
