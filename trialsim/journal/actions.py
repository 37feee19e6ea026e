"""Recording facts: the only writer of the journal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from trialsim.journal.models import Fact
from trialsim.journal.rules import START, fact_hash

_LOCK = 7_201_601  # any number of our own: PostgreSQL's name for the end of the chain


def record(
    session: Session,
    kind: str,
    subject: str,
    *,
    by: int | None,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
) -> Fact:
    """Add a fact to the end of the chain and return it.

    Writers take turns: SQLite's write lock or an advisory lock held until the commit.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    previous = session.exec(select(Fact.hash).order_by(col(Fact.id).desc()).limit(1)).first()
    fact = Fact(
        kind=kind,
        subject=subject,
        person_id=by,
        at=at,
        detail=dict(detail or {}),
        previous_hash=previous or START,
        hash="",
    )
    fact.hash = fact_hash(fact.previous_hash, kind, subject, by, at, fact.detail)
    session.add(fact)
    session.flush()
    return fact
