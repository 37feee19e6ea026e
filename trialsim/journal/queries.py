"""Reading the journal."""

from collections.abc import Iterator

from sqlmodel import Session, col, func, select

from trialsim.journal.models import Fact
from trialsim.journal.rules import START, Entry, first_fault

_PAGE = 1000


def facts(session: Session, *, subject: str, kind: str | None = None) -> list[Fact]:
    """Return the facts about one thing, oldest first."""
    query = select(Fact).where(Fact.subject == subject).order_by(col(Fact.id))
    if kind is not None:
        query = query.where(Fact.kind == kind)
    return list(session.exec(query))


def chain_fault(session: Session) -> str | None:
    """Return what is wrong with the chain, or None when every fact fits."""
    return first_fault(_entries(session))


def _entries(session: Session) -> Iterator[Entry]:
    rows = session.exec(select(Fact).order_by(col(Fact.id)).execution_options(yield_per=_PAGE))
    for row in rows:
        yield Entry(
            number=row.id or 0,
            kind=row.kind,
            subject=row.subject,
            person_id=row.person_id,
            at=row.at,
            detail=row.detail,
            previous_hash=row.previous_hash,
            hash=row.hash,
        )


def chain_head(session: Session, known: str = "") -> tuple[int, str, bool]:
    """Return how many facts there are, the newest one's hash, and whether `known` is among them."""
    count = session.exec(select(func.count()).select_from(Fact)).one()
    newest = session.exec(select(Fact.hash).order_by(col(Fact.id).desc()).limit(1)).first()
    found = session.exec(select(Fact.id).where(Fact.hash == known)).first()
    return count, newest or START, found is not None
