"""Packs for managers: upload one, read what the check says, meet its customers."""
