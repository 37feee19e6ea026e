"""The channel ladder on pages: what speaks for opening a channel, and a mentor's word for it."""
