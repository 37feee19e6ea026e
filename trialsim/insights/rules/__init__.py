"""Decisions over plain values: paid time, waiting, communication, what to look at today."""
