"""Which channels are open for a trial, and what its last scored tickets say about opening more."""

from dataclasses import dataclass

from sqlalchemy import and_, false, func, or_, true
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.ladder import CHATS, EVIDENCE_TICKETS, LADDER, Rung
from trialsim.inbox.models import Case, Channel, ChannelRung, Status, Ticket
from trialsim.inbox.queries.dropped import dropped_of
from trialsim.inbox.rules import CHAT_PATIENCE
from trialsim.trials.models import ScheduledTicket, Trial
from trialsim.trials.queries import Time, allowances_of

LIVE_STATES = (Status.NEW, Status.OPEN, Status.PENDING, Status.HOLD)


@dataclass(frozen=True, slots=True)
class Opened:
    """One open rung, with who opened it."""

    row: ChannelRung
    by: str


@dataclass(frozen=True, slots=True)
class Scored:
    """One of the last scored tickets."""

    ticket: Ticket
    outcome: float
    failed: bool


def opened_rungs(session: Session, trial_id: int) -> frozenset[Rung]:
    """Return the rungs by which customers come now; one query.

    A channel that somebody need not take stays shut, whatever was opened.
    """
    query = select(ChannelRung).where(ChannelRung.trial_id == trial_id)
    allowed = allowances_of(session.get_one(Trial, trial_id))
    rungs = (row.rung for row in session.exec(query))
    return frozenset(rung for rung in rungs if allowed.takes(LADDER[rung].channel))


def opened(session: Session, trial_id: int) -> list[Opened]:
    """Return the open rungs with who opened them, the first first; one query."""
    rows = session.exec(
        select(ChannelRung, Person.name)
        .join(Person, col(Person.id) == ChannelRung.opened_by)
        .where(ChannelRung.trial_id == trial_id)
        .order_by(col(ChannelRung.opened_at), col(ChannelRung.id))
    )
    return [Opened(row, name) for row, name in rows]


def last_scored(session: Session, trial_id: int) -> list[Scored]:
    """Return the last ten scored tickets that are finished, newest first; one query."""
    rows = session.exec(
        select(Ticket, Case.outcome, Case.trace)
        .join(Case, col(Case.ticket_id) == Ticket.id)
        .where(
            Case.trial_id == trial_id,
            col(Case.practice).is_(False),
            col(Case.left_out).is_(False),
            col(Case.ticket_id).not_in(dropped_of(session, trial_id)),
            col(Case.outcome).is_not(None),
            col(Case.finished_at).is_not(None),
        )
        .order_by(col(Case.finished_at).desc(), col(Case.ticket_id).desc())
        .limit(EVIDENCE_TICKETS)
    )
    return [
        Scored(ticket, outcome or 0.0, bool(trace.get("critical")))
        for ticket, outcome, trace in rows
    ]


def chats_allowed(trial_id: int) -> ColumnElement[int]:
    """Return how many chats at once the open rungs allow: each chat rung adds one."""
    return (
        select(func.count())
        .select_from(ChannelRung)
        .where(ChannelRung.trial_id == trial_id, col(ChannelRung.rung).in_(tuple(CHATS)))
        .scalar_subquery()
    )


def chats_open(trial_id: int) -> ColumnElement[int]:
    """Return how many chats are going on."""
    return (
        select(func.count())
        .select_from(Ticket)
        .where(
            Ticket.trial_id == trial_id,
            Ticket.channel == Channel.CHAT,
            col(Ticket.status).in_(LIVE_STATES),
        )
        .scalar_subquery()
    )


def held_for_chat(trial: Trial, time: Time) -> ColumnElement[bool]:
    """Return what holds of a planned ticket that still waits for its customer to be let in by chat.

    Nothing waits before the first rung is open, nothing with a minute of its own, and nothing
    longer than `CHAT_PATIENCE`: then it comes by email, so that the work stays equal.
    """
    trial_id = trial.id or 0
    if not allowances_of(trial).takes(Channel.CHAT):
        return false()
    waiting = and_(
        col(ScheduledTicket.channel) == Channel.CHAT.value,
        col(ScheduledTicket.anchor).is_(False),
        col(ScheduledTicket.incident).is_not(True),
        col(ScheduledTicket.due_minute) > time.worked - CHAT_PATIENCE,
        chats_allowed(trial_id) > 0,
    )
    if time.running is not None and time.running.takes_chats:
        return and_(waiting, chats_open(trial_id) >= chats_allowed(trial_id))
    return waiting


def not_planned_for_open_chat(trial: Trial) -> ColumnElement[bool]:
    """Return what holds of a planned ticket that may fill a quiet queue."""
    channel = col(ScheduledTicket.channel)
    if not allowances_of(trial).takes(Channel.CHAT):
        return true()
    return or_(channel.is_(None), channel != Channel.CHAT.value, chats_allowed(trial.id or 0) == 0)
