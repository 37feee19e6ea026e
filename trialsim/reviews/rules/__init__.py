"""Decisions about reviews over plain values: scores, draws, who may see what, and when."""
