"""What a candidate writes: replies that customers answer, notes for the team; and the status."""

from datetime import datetime, timedelta

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.db import take_version
from trialsim.inbox.actions.answering import solve
from trialsim.inbox.actions.attaching import mark_sent
from trialsim.inbox.actions.clocks import keep_time
from trialsim.inbox.actions.drafts import take_draft
from trialsim.inbox.actions.sending import deliver_of, go_out
from trialsim.inbox.actions.work import count_work
from trialsim.inbox.casework import casework
from trialsim.inbox.models import DraftKind, Message, MessageKind, Outgoing, Status, Ticket
from trialsim.inbox.rules import MEANWHILE, SENDABLE, is_live_talk, may_write, unsendable
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid
from trialsim.trials.models import Trial

CLOSED = "This conversation is closed, so nothing more can be sent. Your text is kept below."


def send_reply(  # noqa: PLR0913 (who writes what where, and when)
    session: Session,
    trial: Trial,
    ticket: Ticket,
    *,
    by: Person,
    body: str,
    status: Status,
    now: datetime,
    version: int | None = None,
) -> Message:
    """Send a public reply at once: the customer reads it and their next turn is decided.

    Raises:
        Conflict: when the clock is off, the ticket closed, or it changed since it was opened.
        Invalid: for an empty reply or a status that cannot be sent.
    """
    held = _ready(session, trial, ticket, by, body, status, now, version)
    return go_out(session, trial, ticket, held, now)


def hold_reply(  # noqa: PLR0913 (who writes what where, when, and how long it can be taken back)
    session: Session,
    trial: Trial,
    ticket: Ticket,
    *,
    by: Person,
    body: str,
    status: Status,
    now: datetime,
    undo: timedelta,
    version: int | None = None,
) -> Outgoing | None:
    """Send a reply that can be taken back for some seconds; its work counts now.

    Somebody in a live talk is not kept waiting: their reply goes out at once, and None is
    returned. Raises as `send_reply` does.
    """
    held = _ready(session, trial, ticket, by, body, status, now, version)
    if not undo or is_live_talk(ticket.channel):
        go_out(session, trial, ticket, held, now)
        return None
    held.due_at = now + undo
    session.add(held)
    session.flush()
    detail = {"reply": held.public_id, "status": str(status)}
    record(session, "reply_held", ticket.public_id, by=by.id, at=now, detail=detail)
    return held


def add_note(
    session: Session, trial: Trial, ticket: Ticket, *, by: Person, body: str, now: datetime
) -> Message:
    """Write an internal note; no customer ever reads it."""
    if not body:
        raise Invalid(fields={"note": "Please write something first."})
    count_work(session, trial, ticket, now)
    note = Message(
        ticket_id=ticket.id or 0,
        kind=MessageKind.NOTE,
        author_id=by.id,
        body=body,
        files=take_draft(session, ticket, DraftKind.NOTE),
        at=now,
    )
    mark_sent(session, note.files)
    session.add(note)
    session.flush()
    return note


def set_status(
    session: Session, trial: Trial, ticket: Ticket, *, status: Status, now: datetime
) -> None:
    """Change the status without a reply: wait, hold, or solve."""
    deliver_of(session, trial, ticket, now)
    if status not in SENDABLE or not may_write(ticket.status):
        raise Conflict("This conversation is closed.")
    count_work(session, trial, ticket, now)
    take_version(session, ticket, ticket.version)
    was, waited_since, ticket.status = ticket.status, ticket.waiting_since, status
    ticket.waiting_since = (ticket.waiting_since or now) if status is Status.OPEN else None
    session.add(
        Message(
            ticket_id=ticket.id or 0,
            kind=MessageKind.EVENT,
            body=f"You changed this from {was} to {status}.",
            at=now,
        )
    )
    if status is Status.SOLVED and was is not Status.SOLVED:
        work = casework(session, trial, ticket)
        solve(session, trial, work, now, is_answer_coming=False)
        work.keep(session)
    keep_time(session, trial, ticket, now, waited_since=waited_since)
    session.flush()
    detail = {"what": "status", "from": str(was), "to": str(status)}
    record(session, "ticket_changed", ticket.public_id, by=trial.person_id, at=now, detail=detail)


def _ready(  # noqa: PLR0913, PLR0917 (a reply and everything it is checked against)
    session: Session,
    trial: Trial,
    ticket: Ticket,
    by: Person,
    body: str,
    status: Status,
    now: datetime,
    version: int | None,
) -> Outgoing:
    """Check a reply, count the work on it, and return it ready to go, with the draft's files."""
    if problem := unsendable(body, status):
        raise Invalid(fields=problem)
    if not may_write(ticket.status):
        raise Conflict(CLOSED)
    if version is not None and version != ticket.version:
        raise Conflict(MEANWHILE)
    deliver_of(session, trial, ticket, now)
    if not may_write(ticket.status):
        raise Conflict(CLOSED)
    count_work(session, trial, ticket, now)
    take_version(session, ticket, ticket.version)
    return Outgoing(
        ticket_id=ticket.id or 0,
        trial_id=trial.id or 0,
        author_id=by.id or 0,
        body=body,
        status=status,
        files=take_draft(session, ticket, DraftKind.REPLY),
        sent_at=now,
        due_at=now,
    )
