"""Text not yet sent: kept per ticket and kind, with its files, until it goes out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from trialsim.inbox.actions.work import add_work
from trialsim.inbox.models import Draft, DraftKind, Status, Ticket
from trialsim.trials.models import Trial
from trialsim.trials.queries import time_of


def find_draft(session: Session, ticket: Ticket, kind: DraftKind) -> Draft | None:
    """Return the stored draft of a kind, if there is one."""
    query = select(Draft).where(Draft.ticket_id == ticket.id, Draft.kind == kind)
    return session.exec(query).first()


def save_draft(  # noqa: PLR0913 (what is kept where, and when)
    session: Session,
    trial: Trial,
    ticket: Ticket,
    *,
    kind: DraftKind,
    body: str,
    now: datetime,
    was_emptied: bool = True,
) -> bool:
    """Keep unsent text and tell whether it was taken. While the clock runs, writing is work.

    An empty box overwrites stored text only when somebody emptied it: a page that was opened before
    the text was there must not wipe it out.
    """
    time = time_of(session, trial, now)
    if time.running is not None:
        add_work(session, trial, ticket, time, now)
    draft = find_draft(session, ticket, kind)
    if not body and not was_emptied and (draft is None or draft.body):
        return False
    if draft is None:
        draft = Draft(ticket_id=ticket.id or 0, kind=kind, body=body, saved_at=now)
    draft.body, draft.saved_at = body, now
    session.add(draft)
    session.flush()
    return True


def put_back(
    session: Session,
    ticket: Ticket,
    *,
    body: str,
    files: Sequence[dict[str, Any]],
    send_as: Status | None,
    now: datetime,
) -> Draft:
    """Make a reply the draft again, above whatever was begun meanwhile."""
    kind = DraftKind.REPLY
    draft = find_draft(session, ticket, kind)
    if draft is None:
        draft = Draft(ticket_id=ticket.id or 0, kind=kind, body="", saved_at=now)
    draft.body = "\n\n".join(part for part in (body, draft.body) if part)
    draft.files = [*files, *draft.files]
    draft.send_as, draft.saved_at = send_as, now
    session.add(draft)
    session.flush()
    return draft


def take_draft(session: Session, ticket: Ticket, kind: DraftKind) -> list[dict[str, Any]]:
    """Drop a draft whose text goes out, and return the files that lay beside it."""
    draft = find_draft(session, ticket, kind)
    if draft is None:
        return []
    files = list(draft.files)
    session.execute(delete(Draft).where(col(Draft.id) == draft.id))
    return files
