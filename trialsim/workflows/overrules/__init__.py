"""Mentors and managers put right what the engine read in a conversation."""
