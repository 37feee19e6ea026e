"""Tickets at work: a candidate on the clock, and customers who answer."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from tests.factories.cohort import Started
from trialsim.accounts.models import Person
from trialsim.inbox.actions.channels import take_chats
from trialsim.inbox.actions.release import happen
from trialsim.inbox.casework import Casework, casework
from trialsim.inbox.ladder import CHATS
from trialsim.inbox.models import ChannelRung, ComingTurn, Ticket, TurnKind
from trialsim.trials.actions import clock_in
from trialsim.trials.models import ScheduledTicket, Trial
from trialsim.trials.rules import WorkKind

LONG = timedelta(days=4)


def at_work(
    session: Session, started: Started, now: datetime, *, minutes: int = 30
) -> tuple[Trial, Person, list[Ticket]]:
    """The first candidate clocks in and, some minutes later, has tickets. Commits."""
    trial = session.get_one(Trial, started.trial.id)
    person = session.get_one(Person, trial.person_id)
    clock_in(session, trial, WorkKind.TICKETS, by=person, now=now)
    happen(session, trial, now + timedelta(minutes=minutes))
    opened = tickets(session, trial)
    session.commit()
    return trial, person, opened


def tickets(session: Session, trial: Trial) -> list[Ticket]:
    """A trial's tickets, oldest first."""
    query = select(Ticket).where(Ticket.trial_id == trial.id).order_by(col(Ticket.number))
    return list(session.exec(query))


def coming(session: Session, ticket: Ticket) -> list[ComingTurn]:
    """What the customer will still do; other members of the forum are left out."""
    query = select(ComingTurn).where(
        ComingTurn.ticket_id == ticket.id, ComingTurn.kind != TurnKind.MEMBER
    )
    turns = list(session.exec(query.order_by(col(ComingTurn.due_at))))
    session.commit()
    return turns


def hidden(session: Session, trial: Trial, ticket: Ticket) -> Casework:
    """The engine's side of a ticket."""
    return casework(session, trial, ticket)


def chats(
    session: Session, started: Started, now: datetime, *, at_once: int = 1, taken: bool = True
) -> tuple[Trial, Person]:
    """The first candidate has so many chats open, clocks in, and takes them. Commits."""
    trial = session.get_one(Trial, started.trial.id)
    person = session.get_one(Person, trial.person_id)
    for rung in tuple(CHATS)[:at_once]:
        session.add(
            ChannelRung(
                trial_id=trial.id or 0,
                rung=rung,
                opened_at=now,
                opened_by=trial.mentor_id or 0,
                reason="Calm by email.",
            )
        )
    clock_in(session, trial, WorkKind.TICKETS, by=person, now=now)
    if taken:
        take_chats(session, trial, takes=True, by=person, now=now)
    session.commit()
    return trial, person


def late_comer(session: Session, trial: Trial) -> int:
    """The place of the customer who is planned to write last, so that nobody else's plan is hit."""
    rows = session.exec(select(ScheduledTicket).where(ScheduledTicket.trial_id == trial.id))
    return max(int(row.planned["customer"]) for row in rows)


def next_up(session: Session, trial: Trial, *changes: dict[str, Any]) -> list[int]:
    """Change the next planned scored tickets, one after the other; returns their numbers.

    `customer` and `twin_of` are those of the plan: a place, and the number of another ticket.
    """
    rows = session.exec(
        select(ScheduledTicket)
        .where(
            ScheduledTicket.trial_id == trial.id,
            col(ScheduledTicket.practice).is_(False),
            col(ScheduledTicket.anchor).is_(False),
            col(ScheduledTicket.released_at).is_(None),
        )
        .order_by(col(ScheduledTicket.number))
        .limit(len(changes))
    ).all()
    plain: dict[str, Any] = {
        "flags": [],
        "joined": "",
        "twin_of": None,
        "changes_mind": False,
        "language": "en",
    }
    for row, change in zip(rows, changes, strict=True):
        row.planned = {**row.planned, **plain, **change}
        row.channel = row.planned["channel"]
        session.add(row)
    session.commit()
    return [row.number for row in rows]
