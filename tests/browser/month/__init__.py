"""A whole month as its people live it, told in steps."""
