"""Calls: whether somebody may call, the call that goes on, and what its page shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, func, or_, select

from trialsim.inbox.ladder import Rung
from trialsim.inbox.models import (
    Case,
    Channel,
    ChannelRung,
    ComingTurn,
    Customer,
    Draft,
    DraftKind,
    Message,
    Ticket,
    TurnKind,
)
from trialsim.inbox.queries.ladder import LIVE_STATES
from trialsim.inbox.rules import CHAT_PATIENCE, CHAT_PRESSING_AFTER, RUNNING, TYPING
from trialsim.trials.models import ScheduledTicket, Trial
from trialsim.trials.queries import Time

LIVE_TALKS = (Channel.CHAT, Channel.CALL)
MOST_PAST = 20
_MINUTE = timedelta(minutes=1)
_PULSE = (
    columns(
        col(Ticket.version),
        col(Ticket.status),
        col(Ticket.waiting_since),
        func.min(col(ComingTurn.due_at)),
    )
    .select_from(Trial)
    .join(Ticket, col(Ticket.trial_id) == col(Trial.id))
    .outerjoin(
        ComingTurn,
        and_(
            col(ComingTurn.ticket_id) == col(Ticket.id),
            col(ComingTurn.kind) == TurnKind.MESSAGE,
            col(ComingTurn.due_at) <= bindparam("soon"),
        ),
    )
    .where(
        col(Trial.person_id) == bindparam("person"),
        col(Trial.state).in_(RUNNING),
        col(Ticket.public_id) == bindparam("ticket"),
        col(Ticket.channel) == Channel.CALL,
    )
    .group_by(col(Ticket.id))
)


@dataclass(frozen=True, slots=True)
class CallPulse:
    """Whether a call looks as it did; `is_due` and `is_ignored` mean that something must happen."""

    token: str
    is_due: bool = False
    is_ignored: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """One call as its candidate hears it; nothing of what is still to come but that one thinks."""

    ticket: Ticket
    customer: Customer
    messages: tuple[Message, ...]
    reply: str
    note: str
    language: str
    is_about_to_speak: bool

    @property
    def is_live(self) -> bool:
        """Whether the customer is on the line."""
        return self.ticket.channel is Channel.CALL and self.ticket.status in LIVE_STATES

    @property
    def first_name(self) -> str:
        """Return how the customer is spoken to."""
        return self.customer.name.split()[0]


@dataclass(frozen=True, slots=True)
class PastCall:
    """A call that is over."""

    ticket: Ticket
    customer: str


def is_call_open(trial_id: int) -> ColumnElement[bool]:
    """Return whether a mentor has opened calls."""
    return (
        select(func.count())
        .select_from(ChannelRung)
        .where(ChannelRung.trial_id == trial_id, ChannelRung.rung == Rung.CALL)
        .scalar_subquery()
        > 0
    )


def talks_open(trial_id: int) -> ColumnElement[int]:
    """Return how many chats and calls are going on."""
    return (
        select(func.count())
        .select_from(Ticket)
        .where(
            Ticket.trial_id == trial_id,
            col(Ticket.channel).in_(LIVE_TALKS),
            col(Ticket.status).in_(LIVE_STATES),
        )
        .scalar_subquery()
    )


def held_for_call(trial: Trial, time: Time) -> ColumnElement[bool]:
    """Return what holds of a planned ticket whose customer still waits for a call to be taken.

    As with chats: nothing waits before calls are open, nothing with a minute of its own, and
    nothing longer than `CHAT_PATIENCE`. While anybody talks, nobody calls.
    """
    trial_id = trial.id or 0
    waiting = and_(
        col(ScheduledTicket.channel) == Channel.CALL.value,
        col(ScheduledTicket.anchor).is_(False),
        col(ScheduledTicket.incident).is_not(True),
        col(ScheduledTicket.due_minute) > time.worked - CHAT_PATIENCE,
        is_call_open(trial_id),
    )
    if time.running is not None and time.running.takes_calls:
        return and_(waiting, talks_open(trial_id) > 0)
    return waiting


def not_planned_for_open_call(trial: Trial) -> ColumnElement[bool]:
    """Return what holds of a planned ticket that may fill a quiet queue."""
    channel = col(ScheduledTicket.channel)
    closed = ~is_call_open(trial.id or 0)
    return or_(channel.is_(None), channel != Channel.CALL.value, closed)


def has_planned_call(session: Session, trial: Trial) -> bool:
    """Whether anybody is still to call; the page tells nobody."""
    query = select(ScheduledTicket.id).where(
        ScheduledTicket.trial_id == trial.id,
        ScheduledTicket.channel == Channel.CALL,
        col(ScheduledTicket.released_at).is_(None),
        col(ScheduledTicket.practice).is_(False),
    )
    return session.exec(query.limit(1)).first() is not None


def call_pulse(session: Session, person_id: int, public_id: str, now: datetime) -> CallPulse:
    """Return whether anything changed in one call; one indexed query. Once over, it stays so."""
    asked = {"person": person_id, "ticket": public_id, "soon": now + TYPING}
    row = session.connection().execute(_PULSE, asked).first()
    if row is None or row[1] not in LIVE_STATES:
        return CallPulse("over")
    version: int = row[0]
    waiting_since: datetime | None = row[2]
    due_at: datetime | None = row[3]
    waited = now - waiting_since if waiting_since is not None else timedelta(0)
    ignored = int(waited / _MINUTE) if waited >= CHAT_PRESSING_AFTER else 0
    token = f"{version}.{int(due_at is not None)}.{ignored}"
    return CallPulse(token, due_at is not None and due_at <= now, ignored > 0)


def call(session: Session, trial: Trial, public_id: str, now: datetime) -> Call | None:
    """Return one of a trial's calls, or None where there is no such call; three queries."""
    reply, note = aliased(Draft), aliased(Draft)
    query: Any = (
        select(Ticket, Customer, Case, reply, note)  # type: ignore[call-overload]  # five
        .join(Customer, col(Customer.id) == Ticket.customer_id)
        .join(Case, col(Case.ticket_id) == Ticket.id)
        .outerjoin(reply, (reply.ticket_id == Ticket.id) & (reply.kind == DraftKind.REPLY))
        .outerjoin(note, (note.ticket_id == Ticket.id) & (note.kind == DraftKind.NOTE))
        .where(Ticket.trial_id == trial.id, Ticket.public_id == public_id)
    )
    row = session.exec(query).first()
    if row is None or row[2].form["channel"] != Channel.CALL:
        return None
    ticket, customer, case, reply_row, note_row = row
    messages = select(Message).where(Message.ticket_id == ticket.id)
    coming = select(ComingTurn.id).where(
        ComingTurn.ticket_id == ticket.id,
        ComingTurn.kind == TurnKind.MESSAGE,
        ComingTurn.due_at <= now + TYPING,
    )
    return Call(
        ticket=ticket,
        customer=customer,
        messages=tuple(session.exec(messages.order_by(col(Message.at), col(Message.id)))),
        reply=reply_row.body if reply_row else "",
        note=note_row.body if note_row else "",
        language=str(case.form["language"]),
        is_about_to_speak=session.exec(coming).first() is not None,
    )


def calls_of(session: Session, trial: Trial) -> tuple[PastCall | None, tuple[PastCall, ...]]:
    """Return the call that goes on, if any, and those that are over, newest first; one query."""
    rows = session.exec(
        select(Ticket, Customer.name)
        .join(Customer, col(Customer.id) == Ticket.customer_id)
        .join(Case, col(Case.ticket_id) == Ticket.id)
        .where(Ticket.trial_id == trial.id, col(Case.form)["channel"].as_string() == "call")
        .order_by(col(Ticket.opened_at).desc(), col(Ticket.id).desc())
        .limit(MOST_PAST)
    ).all()
    found = [PastCall(ticket, name) for ticket, name in rows]
    live = next((one for one in found if _goes_on(one.ticket)), None)
    return live, tuple(one for one in found if one is not live)


def _goes_on(ticket: Ticket) -> bool:
    return ticket.channel is Channel.CALL and ticket.status in LIVE_STATES
