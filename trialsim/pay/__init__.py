"""Pay: paid time turned into money."""
