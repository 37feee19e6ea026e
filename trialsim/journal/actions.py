"""Recording facts: the only writer of the journal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from trialsim.journal.models import Fact
from trialsim.journal.rules import START, fact_hash

_END = "end of the journal"
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
    previous = _end_of_chain(session)
    fact = Fact(
        kind=kind,
        subject=subject,
        person_id=by,
        at=at,
        detail=dict(detail or {}),
        previous_hash=previous,
        hash="",
    )
    fact.hash = fact_hash(fact.previous_hash, kind, subject, by, at, fact.detail)
    session.add(fact)
    session.flush()
    if not session.in_nested_transaction():
        session.info[_END] = (session.get_transaction(), fact.hash)
    return fact


def _end_of_chain(session: Session) -> str:
    """Return the hash of the last fact, and keep others from adding one before the commit.

    Within one transaction it is remembered; not across a savepoint, which may take facts back.
    """
    transaction, known = session.info.pop(_END, (None, ""))
    if known and transaction is session.get_transaction() and not session.in_nested_transaction():
        return str(known)
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    query = select(Fact.hash).order_by(col(Fact.id).desc()).limit(1)
    return session.exec(query).first() or START
