"""The readiness check: answers to the quiz, and practice solved without a hint."""

from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.actions.release import happen
from trialsim.inbox.models import Status, Ticket
from trialsim.scenarios.queries import pack
from trialsim.simulation.types import Question
from trialsim.training.actions import take_quiz
from trialsim.trials.actions import clock_in
from trialsim.trials.models import Trial
from trialsim.trials.rules import WorkKind


def quiz(session: Session, trial: Trial) -> tuple[Question, ...]:
    """The questions of a trial's pack."""
    return pack(session, trial.pack_hash).quiz


def answers(session: Session, trial: Trial, *, wrong: int = 0) -> dict[int, tuple[int, ...]]:
    """Right answers to the quiz, but for the first few."""
    return {
        place: question.right if place >= wrong else (_wrong(question),)
        for place, question in enumerate(quiz(session, trial))
    }


def form(given: dict[int, tuple[int, ...]]) -> dict[str, list[str]]:
    """The answers as the page sends them."""
    return {f"q{place}": [str(one) for one in chosen] for place, chosen in given.items()}


def practice(session: Session, trial: Trial, now: datetime) -> list[Ticket]:
    """The practice tickets that come in the first two hours and a half of work. Commits."""
    person = session.get_one(Person, trial.person_id)
    clock_in(session, trial, WorkKind.TRAINING, by=person, now=now)
    happen(session, trial, now)
    found = session.exec(select(Ticket).where(Ticket.trial_id == trial.id)).all()
    session.commit()
    return list(found)


def ready(session: Session, trial: Trial, now: datetime) -> None:
    """The whole check: quiz passed, three practice tickets solved unaided. Commits."""
    person = session.get_one(Person, trial.person_id)
    take_quiz(session, trial, answers(session, trial), by=person, now=now)
    practice(session, trial, now)
    tickets = session.exec(
        select(Ticket).where(Ticket.trial_id == trial.id).order_by(col(Ticket.number)).limit(3)
    ).all()
    assert len(tickets) == 3
    for ticket in tickets:
        ticket.status, ticket.answered_at = Status.SOLVED, now
        session.add(ticket)
    session.commit()


def _wrong(question: Question) -> int:
    return next(one for one in range(len(question.choices)) if one not in question.right)
