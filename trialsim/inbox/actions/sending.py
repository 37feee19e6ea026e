"""Replies in the outbox: taken back, or gone out once their seconds are over."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.db import take_version
from trialsim.inbox.actions.answering import answer
from trialsim.inbox.actions.attaching import mark_draft, mark_sent
from trialsim.inbox.actions.drafts import put_back
from trialsim.inbox.models import Message, MessageKind, Outgoing, Ticket
from trialsim.inbox.rules import may_write
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict
from trialsim.trials.models import Trial

GONE = "This reply has gone out already, so it cannot be taken back."
CAME_BACK = "Your last reply did not go out, because the conversation was closed first. It is kept."


def take_back(session: Session, ticket: Ticket, *, reply: str, by: Person, now: datetime) -> None:
    """Make a held reply the draft again.

    Raises:
        Conflict: when it has gone out, or its seconds are over.
    """
    held = session.exec(
        select(Outgoing).where(Outgoing.ticket_id == ticket.id, Outgoing.public_id == reply)
    ).first()
    if held is None or held.due_at <= now or not _take(session, held):
        raise Conflict(GONE)
    take_version(session, ticket, ticket.version)
    put_back(session, ticket, body=held.body, files=held.files, send_as=held.status, now=now)
    mark_draft(session, held.files)
    detail = {"reply": held.public_id}
    record(session, "reply_taken_back", ticket.public_id, by=by.id, at=now, detail=detail)


def deliver_of(session: Session, trial: Trial, ticket: Ticket, now: datetime) -> None:
    """Let a ticket's held reply go out before the next step on it."""
    held = session.exec(select(Outgoing).where(Outgoing.ticket_id == ticket.id)).first()
    if held is not None and _take(session, held):
        _deliver(session, trial, held, min(now, held.due_at))


def deliver_all(session: Session, trial: Trial, now: datetime) -> None:
    """Let every held reply of a trial go out: it ends."""
    for held in _held(session, trial):
        if _take(session, held):
            _deliver(session, trial, held, min(now, held.due_at))


def due(session: Session, trial: Trial, now: datetime) -> list[Outgoing]:
    """Return the replies whose seconds are over, the first first."""
    return [one for one in _held(session, trial) if one.due_at <= now]


def deliver(session: Session, trial: Trial, held: Outgoing) -> None:
    """Let one reply go out at the time it was due, unless somebody else was quicker."""
    if _take(session, held):
        _deliver(session, trial, held, held.due_at)


def go_out(session: Session, trial: Trial, ticket: Ticket, held: Outgoing, at: datetime) -> Message:
    """Let a reply reach its customer at a time, with its files."""
    message = Message(
        ticket_id=held.ticket_id,
        kind=MessageKind.REPLY,
        author_id=held.author_id,
        body=held.body,
        files=held.files,
        at=at,
    )
    mark_sent(session, held.files)
    return answer(session, trial, ticket, message, held.status)


def _held(session: Session, trial: Trial) -> list[Outgoing]:
    query = select(Outgoing).where(Outgoing.trial_id == trial.id)
    return list(session.exec(query.order_by(col(Outgoing.due_at), col(Outgoing.id))))


def _take(session: Session, held: Outgoing) -> bool:
    """Take a reply out of the outbox; of two who try at once, one gets it."""
    result = session.connection().execute(delete(Outgoing).where(col(Outgoing.id) == held.id))
    session.expunge(held)
    return result.rowcount == 1


def _deliver(session: Session, trial: Trial, held: Outgoing, at: datetime) -> None:
    ticket = session.get_one(Ticket, held.ticket_id)
    if may_write(ticket.status):
        go_out(session, trial, ticket, held, at)
        return
    put_back(session, ticket, body=held.body, files=held.files, send_as=held.status, now=at)
    mark_draft(session, held.files)
    kind = MessageKind.EVENT
    session.add(Message(ticket_id=held.ticket_id, kind=kind, body=CAME_BACK, at=at))
