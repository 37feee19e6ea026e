"""Short public ids: what stands in addresses instead of a row's number."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import Random

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH = 12
_source: ContextVar[Random | None] = ContextVar("id_source", default=None)


def public_id(prefix: str) -> str:
    """Return a fresh id such as ``t_8f3kq2mn7c4d``; about 59 bits, so guessing finds nothing."""
    choose = (_source.get() or secrets).choice
    return f"{prefix}_" + "".join(choose(_ALPHABET) for _ in range(_LENGTH))


@contextmanager
def repeatable_ids(source: Random) -> Iterator[None]:
    """Draw ids from a seeded source within the block: for demo data that comes out alike."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)
