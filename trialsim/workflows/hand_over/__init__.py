"""A fictional colleague takes over at the end of a block of work, and acts on the note."""
