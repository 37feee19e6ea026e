"""What the training days showed; it is evidence for a mentor's one decision and enters no score."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.models import Case, Status, Ticket
from trialsim.room.models import Post
from trialsim.room.rules import PostKind
from trialsim.trials.models import Trial
from trialsim.trials.queries import Time, time_of
from trialsim.trials.rules import TrialState

SOLVED = (Status.SOLVED, Status.CLOSED)


@dataclass(frozen=True, slots=True)
class PracticeTicket:
    """One practice conversation; `outcome` (0-100) is None until it has ended."""

    ticket: Ticket
    outcome: float | None

    @property
    def is_solved(self) -> bool:
        """Whether the candidate has solved it."""
        return self.ticket.status in SOLVED


@dataclass(frozen=True, slots=True)
class ReadinessPage:
    """The evidence, and what was decided on it."""

    trial: Trial
    candidate: str
    time: Time
    practice: tuple[PracticeTicket, ...]
    questions: int
    updates: int

    @property
    def may_open(self) -> bool:
        """Whether the live queue can be opened now."""
        return self.trial.state is TrialState.TRAINING

    @property
    def solved(self) -> int:
        """Return how many practice tickets are solved."""
        return solved_count(self.practice)


def readiness_page(session: Session, trial: Trial, now: datetime) -> ReadinessPage:
    """Return what the training showed; four queries."""
    kinds = session.exec(
        select(Post.kind).where(Post.trial_id == trial.id, Post.author_id == trial.person_id)
    ).all()
    return ReadinessPage(
        trial=trial,
        candidate=session.get_one(Person, trial.person_id).name,
        time=time_of(session, trial, now),
        practice=practice_tickets(session, trial),
        questions=kinds.count(PostKind.QUESTION),
        updates=kinds.count(PostKind.UPDATE),
    )


def practice_tickets(session: Session, trial: Trial) -> tuple[PracticeTicket, ...]:
    """Return the practice tickets that have arrived, the first first; one query."""
    rows = session.exec(
        select(Ticket, Case.outcome)
        .join(Case, col(Case.ticket_id) == Ticket.id)
        .where(Ticket.trial_id == trial.id, col(Ticket.practice).is_(True))
        .order_by(col(Ticket.number))
    )
    return tuple(PracticeTicket(ticket, outcome) for ticket, outcome in rows)


def solved_count(tickets: Sequence[PracticeTicket]) -> int:
    """Return how many of some practice tickets are solved."""
    return sum(one.is_solved for one in tickets)
