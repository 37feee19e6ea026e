"""A customer reads a reply: what is remembered, their next turn, and what solving means."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from trialsim.inbox.actions.arrivals import ask_for_rating, schedule
from trialsim.inbox.actions.clocks import keep_time
from trialsim.inbox.actions.outcomes import finish
from trialsim.inbox.actions.work import waited_hours
from trialsim.inbox.casework import Casework, casework
from trialsim.inbox.models import Message, MessageKind, Status, Ticket
from trialsim.inbox.rules import is_live_talk
from trialsim.journal.actions import record
from trialsim.kit.worktime import local_day
from trialsim.simulation import customer, joined
from trialsim.simulation.codec import to_json
from trialsim.simulation.holding import is_holding
from trialsim.simulation.joined import JoinedDecision
from trialsim.simulation.types import Reply
from trialsim.trials.models import Trial

RECENT_REPLIES = 20


def answer(
    session: Session, trial: Trial, ticket: Ticket, message: Message, status: Status
) -> Message:
    """Let the customer read a reply at its time: their next turn is decided at once."""
    now = message.at
    work = casework(session, trial, ticket)
    if _only_holds(session, work, message.body):
        ticket.status, ticket.waiting_since = Status.OPEN, now
        keep_time(session, trial, ticket, now, was_answered=True)
        return _keep(session, ticket, message, Status.OPEN)
    decision = _read(session, trial, work, message.body, now)
    work.states = decision.cases
    message.why = _why(work, decision)
    session.add(message)
    ticket.status, ticket.waiting_since, ticket.answered_at = status, None, now
    if decision.turn is not None:
        schedule(session, trial, ticket, decision.turn, now)
    if status is Status.SOLVED:
        solve(session, trial, work, now, is_answer_coming=decision.turn is not None)
    keep_time(session, trial, ticket, now, was_answered=True)
    work.keep(session)
    return _keep(session, ticket, message, status)


def solve(
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


def _keep(session: Session, ticket: Ticket, message: Message, status: Status) -> Message:
    session.add(message)
    session.flush()
    detail = {"message": message.public_id, "status": str(status)}
    record(
        session, "reply_sent", ticket.public_id, by=message.author_id, at=message.at, detail=detail
    )
    return message


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
