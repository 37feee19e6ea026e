"""How facts are chained: pure, so that anybody can check a journal by hand."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored fact as the chain sees it."""

    number: int
    kind: str
    subject: str
    person_id: int | None
    at: datetime
    detail: Mapping[str, Any]
    previous_hash: str
    hash: str


def fact_hash(
    previous: str, kind: str, subject: str, person_id: int | None, at: datetime, detail: object
) -> str:
    """Return the SHA-256 (hex) of a fact together with the hash of the one before it."""
    body = [previous, kind, subject, person_id, at.astimezone(UTC).isoformat(), detail]
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def first_fault(entries: Iterable[Entry]) -> str | None:
    """Return what is wrong with the first fact that does not fit, or None for a whole chain.

    Entries come in their stored order. A changed, removed or reordered fact breaks the chain;
    a cut-off tail shows only against a hash kept elsewhere.
    """
    previous = START
    for entry in entries:
        if entry.previous_hash != previous:
            return f"Fact {entry.number} does not follow the one before it."
        expected = fact_hash(
            previous, entry.kind, entry.subject, entry.person_id, entry.at, dict(entry.detail)
        )
        if entry.hash != expected:
            return f"Fact {entry.number} ({entry.kind}) has been changed."
        previous = entry.hash
    return None
