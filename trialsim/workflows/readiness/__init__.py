"""Is a candidate ready for the live queue? What the training showed, and opening it."""
