"""Outbox: mail to send, written in the same transaction as what it tells."""
