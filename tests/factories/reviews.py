"""Finished work to draw from, reviews on it, and scorecards as values and as forms."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from tests.cast import START, Cast
from tests.factories.cohort import Started, a_live_cohort, a_recorded
from trialsim.accounts.models import Person
from trialsim.inbox.actions.release import happen
from trialsim.inbox.models import Case, Message, MessageKind, Status, Ticket
from trialsim.reviews.models import DrawKind, Review
from trialsim.reviews.rules.scoring import Card, Rated
from trialsim.trials.actions import clock_in
from trialsim.trials.models import Trial
from trialsim.trials.rules import WorkKind

CATEGORIES = ("solves", "accurate", "kind", "next_step", "easy", "team")
SAID = "Two payments instead of one is alarming. It should disappear in a few days."
WORKED_UNTIL = START + timedelta(hours=1)


def a_worked_cohort(
    session: Session,
    cast: Cast,
    *,
    tickets: int = 8,
    **options: Any,  # noqa: ANN401 (those of a_cohort)
) -> Started:
    """A live cohort whose candidates have solved their first tickets. Commits."""

    def make() -> Started:
        started = a_live_cohort(session, cast, **options)
        for trial in started.trials:
            work(session, trial, tickets)
        session.commit()
        return started

    return a_recorded(session, f"worked {tickets} {options}", make)


def work(session: Session, trial: Trial, count: int) -> list[Ticket]:
    """Let so many scored tickets come and be solved within the first hour."""
    person = session.get_one(Person, trial.person_id)
    clock_in(session, trial, WorkKind.TICKETS, by=person, now=START)
    while len(tickets_of(session, trial)) < count:
        happen(session, trial, WORKED_UNTIL)
        for ticket in tickets_of(session, trial):
            if ticket.answered_at is None:
                solve(session, trial, ticket)
    return tickets_of(session, trial)


def solve(
    session: Session, trial: Trial, ticket: Ticket, *, at: datetime = WORKED_UNTIL, text: str = SAID
) -> None:
    """Let a ticket be answered and solved, with an outcome the engine might give."""
    session.add(
        Message(
            ticket_id=ticket.id or 0,
            kind=MessageKind.REPLY,
            author_id=trial.person_id,
            body=text,
            at=at,
        )
    )
    ticket.status, ticket.answered_at, ticket.solved_at = Status.SOLVED, at, at
    ticket.waiting_since = None
    case = session.exec(select(Case).where(Case.ticket_id == ticket.id)).one()
    case.finished_at, case.outcome = at, 72.0
    case.trace = {
        "value": 72.0,
        "critical": False,
        "parts": [
            {"kind": "goal", "name": "refund", "met": True, "amount": 60.0, "text": "Refunded."}
        ],
    }
    session.add(ticket)
    session.add(case)
    session.flush()


def tickets_of(session: Session, trial: Trial) -> list[Ticket]:
    """A trial's scored tickets, oldest first."""
    query = (
        select(Ticket)
        .where(Ticket.trial_id == trial.id, col(Ticket.practice).is_(False))
        .order_by(col(Ticket.number))
    )
    return list(session.exec(query))


def a_review(
    session: Session,
    trial: Trial,
    ticket: Ticket,
    reviewer: Person,
    **changes: Any,  # noqa: ANN401 (columns of a review)
) -> Review:
    """A drawn review that waits, due in a day. Commits."""
    values: dict[str, Any] = {
        "kind": DrawKind.DRAWN,
        "week": 1,
        "drawn_at": START,
        "due_at": START + timedelta(hours=24),
        "rubric_id": trial.rubric_id,
    }
    review = Review(
        trial_id=trial.id or 0,
        ticket_id=ticket.id or 0,
        reviewer_id=reviewer.id or 0,
        **(values | changes),
    )
    session.add(review)
    session.commit()
    return review


def a_card(comment: str = "Keep the opening. Try a date.", **ratings: Rated | int | None) -> Card:
    """A whole scorecard, all good but for what is named; None is not applicable."""
    filled = {name: ratings.get(name, 3) for name in CATEGORIES}
    return Card(
        ratings={
            name: value if isinstance(value, Rated) else Rated(value)
            for name, value in filled.items()
        },
        comment=comment,
    )


def a_form(version: int = 1, **changes: str) -> Mapping[str, str]:
    """A whole scorecard as its page sends it, all good but for what is named.

    A field's dot is written as two underscores: ``solves__quote``.
    """
    form = dict.fromkeys(CATEGORIES, "3")
    form |= {"comment": "Keep the opening. Try a date.", "do": "submit", "version": str(version)}
    return form | {name.replace("__", "."): value for name, value in changes.items()}
