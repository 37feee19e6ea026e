"""Other words for simulated customers by a language model, where one is set up. Off by default."""
