"""Inbox: tickets, messages, drafts and the simulated customers' saved turns."""
