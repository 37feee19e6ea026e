"""What a candidate writes: replies that customers answer, notes for the team, and drafts."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.db import take_version
from trialsim.inbox.actions.arrivals import ask_for_rating, schedule
from trialsim.inbox.actions.outcomes import finish
from trialsim.inbox.actions.work import add_work, count_work, waited_hours
from trialsim.inbox.casework import Casework, casework
from trialsim.inbox.models import Draft, DraftKind, Message, MessageKind, Status, Ticket
from trialsim.inbox.rules import SENDABLE, is_live_talk, may_write
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid
from trialsim.kit.worktime import local_day
from trialsim.simulation import customer, joined
from trialsim.simulation.codec import to_json
from trialsim.simulation.holding import is_holding
from trialsim.simulation.joined import JoinedDecision
from trialsim.simulation.types import Reply
from trialsim.trials.models import Trial
from trialsim.trials.queries import time_of

RECENT_REPLIES = 20


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
    """Send a public reply: the customer reads it and their next turn is decided at once.

    Raises:
        Conflict: when the clock is off, the ticket closed, or it changed since it was opened.
        Invalid: for an empty reply or a status that cannot be sent.
    """
    _check(ticket, body, status, version)
    count_work(session, trial, ticket, now)
    take_version(session, ticket, ticket.version)
    work = casework(session, trial, ticket)
    if _only_holds(session, work, body):
        return _hold(session, ticket, by=by, body=body, now=now)
    decision = _read(session, trial, work, body, now)
    work.states = decision.cases
    message = Message(
        ticket_id=ticket.id or 0,
        kind=MessageKind.REPLY,
        author_id=by.id,
        body=body,
        why=_why(work, decision),
        at=now,
    )
    session.add(message)
    ticket.status, ticket.waiting_since, ticket.answered_at = status, None, now
    if decision.turn is not None:
        schedule(session, trial, ticket, decision.turn, now)
    if status is Status.SOLVED:
        _solve(session, trial, work, now, is_answer_coming=decision.turn is not None)
    work.keep(session)
    _drop_draft(session, ticket, DraftKind.REPLY)
    session.flush()
    detail = {"message": message.public_id, "status": str(status)}
    record(session, "reply_sent", ticket.public_id, by=by.id, at=now, detail=detail)
    return message


def add_note(
    session: Session, trial: Trial, ticket: Ticket, *, by: Person, body: str, now: datetime
) -> Message:
    """Write an internal note; no customer ever reads it."""
    if not body:
        raise Invalid(fields={"note": "Please write something first."})
    count_work(session, trial, ticket, now)
    note = Message(
        ticket_id=ticket.id or 0, kind=MessageKind.NOTE, author_id=by.id, body=body, at=now
    )
    session.add(note)
    _drop_draft(session, ticket, DraftKind.NOTE)
    session.flush()
    return note


def set_status(
    session: Session, trial: Trial, ticket: Ticket, *, status: Status, now: datetime
) -> None:
    """Change the status without a reply: wait, hold, or solve."""
    if status not in SENDABLE or not may_write(ticket.status):
        raise Conflict("This conversation is closed.")
    count_work(session, trial, ticket, now)
    take_version(session, ticket, ticket.version)
    was, ticket.status = ticket.status, status
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
        _solve(session, trial, work, now, is_answer_coming=False)
        work.keep(session)
    session.add(ticket)
    session.flush()


def save_draft(
    session: Session, trial: Trial, ticket: Ticket, *, kind: DraftKind, body: str, now: datetime
) -> None:
    """Keep unsent text. While the clock runs, writing it is work on the ticket."""
    time = time_of(session, trial, now)
    if time.running is not None:
        add_work(session, trial, ticket, time, now)
    draft = session.exec(
        select(Draft).where(Draft.ticket_id == ticket.id, Draft.kind == kind)
    ).first()
    if draft is None:
        draft = Draft(ticket_id=ticket.id or 0, kind=kind, body=body, saved_at=now)
    draft.body, draft.saved_at = body, now
    session.add(draft)
    session.flush()


def _check(ticket: Ticket, body: str, status: Status, version: int | None) -> None:
    if not body:
        raise Invalid(fields={"reply": "Please write something first."})
    if status not in SENDABLE:
        raise Invalid(fields={"status": "Please choose how to send it."})
    if not may_write(ticket.status):
        raise Conflict("This conversation is closed, so nothing more can be sent.")
    if version is not None and version != ticket.version:
        raise Conflict(
            "Something was written here in the meantime. Please read it, then send your reply."
        )


def _only_holds(session: Session, work: Casework, body: str) -> bool:
    """Whether a customer in a live talk is asked to wait, for the first time since they wrote."""
    ticket = work.ticket
    if not (is_live_talk(ticket.channel) and ticket.is_waiting):
        return False
    if not is_holding(body, work.form.language):
        return False
    last = session.exec(
        select(Message.kind)
        .where(
            Message.ticket_id == ticket.id,
            col(Message.kind).in_((MessageKind.CUSTOMER, MessageKind.REPLY)),
        )
        .order_by(col(Message.at).desc(), col(Message.id).desc())
        .limit(1)
    ).first()
    return last == MessageKind.CUSTOMER


def _hold(session: Session, ticket: Ticket, *, by: Person, body: str, now: datetime) -> Message:
    """Let the customer wait anew: they read it, and it is still the candidate's turn."""
    kind, ticket_id = MessageKind.REPLY, ticket.id or 0
    message = Message(ticket_id=ticket_id, kind=kind, author_id=by.id, body=body, at=now)
    ticket.status, ticket.waiting_since = Status.OPEN, now
    session.add(message)
    session.add(ticket)
    _drop_draft(session, ticket, DraftKind.REPLY)
    session.flush()
    detail = {"message": message.public_id, "status": "open"}
    record(session, "reply_sent", ticket.public_id, by=by.id, at=now, detail=detail)
    return message


def _read(
    session: Session, trial: Trial, work: Casework, body: str, now: datetime
) -> JoinedDecision:
    """Let the customer read a reply: what is remembered, and the turn it leads to."""
    recent = _recent_texts(session, trial, work.ticket)
    reply = Reply(
        body,
        waited_hours(trial, work.ticket, now),
        recent,
        _local_hour(work, now),
        local_day(now, trial.zone).isoformat(),
    )
    return joined.receive(work.forms, work.states, work.records, reply, work.rules)


def _why(work: Casework, decision: JoinedDecision) -> dict[str, Any]:
    """Return how a reply was read, for mentors; each match names its matter, from 0."""
    readings = [
        {**to_json(reading), "matter": matter}
        for matter, reading in enumerate(decision.readings)
        if reading is not None
    ]
    first = {**readings[0]} if readings else {}
    first.pop("matter", None)
    first["matches"] = [
        {**one, "matter": part["matter"]} for part in readings for one in part["matches"]
    ]
    reasons = decision.turn.why if decision.turn is not None else ()
    return {"reading": first, "reasons": to_json(reasons), "mood": work.mood}


def _solve(
    session: Session, trial: Trial, work: Casework, now: datetime, *, is_answer_coming: bool
) -> None:
    """Close for now. With no answer on its way, a customer who is not helped may come back."""
    work.ticket.solved_at = now
    if is_answer_coming:
        work.states = tuple(customer.closing(state) for state in work.states)
    else:
        work.states, turn = joined.after_close(work.forms, work.states, work.records)
        if turn is not None:
            schedule(session, trial, work.ticket, turn, now)
    ask_for_rating(session, trial, work.ticket, now)
    finish(session, work, now)


def _local_hour(work: Casework, now: datetime) -> float:
    local = now.astimezone(ZoneInfo(work.form.persona.zone))
    return local.hour + local.minute / 60


def _recent_texts(session: Session, trial: Trial, ticket: Ticket) -> tuple[str, ...]:
    """Return the candidate's latest replies on other tickets, for the engine's eye for copies."""
    rows = session.exec(
        select(Message.body)
        .join(Ticket, col(Ticket.id) == Message.ticket_id)
        .where(
            Ticket.trial_id == trial.id,
            Message.kind == MessageKind.REPLY,
            Message.ticket_id != ticket.id,
        )
        .order_by(col(Message.id).desc())
        .limit(RECENT_REPLIES)
    )
    return tuple(rows)


def _drop_draft(session: Session, ticket: Ticket, kind: DraftKind) -> None:
    session.connection().execute(
        delete(Draft).where(col(Draft.ticket_id) == ticket.id, col(Draft.kind) == kind)
    )
