"""Accounts: people, how they sign in, and single-use links."""
