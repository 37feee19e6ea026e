"""Ground floor: small tools without a word of the domain, on the standard library alone."""
