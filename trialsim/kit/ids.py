"""Short public ids: what stands in addresses instead of a row's number."""

import secrets

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH = 12


def public_id(prefix: str) -> str:
    """Return a fresh id such as ``t_8f3kq2mn7c4d``; about 59 bits, so guessing finds nothing."""
    return f"{prefix}_" + "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
