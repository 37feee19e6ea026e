"""What the training days showed; it is evidence for a mentor's one decision and enters no score."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from trialsim.accounts.models import Person
from trialsim.inbox.models import Case, Status, Ticket
from trialsim.room.models import Post
from trialsim.room.rules import PostKind
from trialsim.training.queries import GivenDay, Quiz, given_days, is_training_over, quizzes_of
from trialsim.training.rules import UNAIDED_NEEDED, Check
from trialsim.trials.models import ScheduledTicket, Trial
from trialsim.trials.queries import Time, time_of
from trialsim.trials.rules import TrialState

SOLVED = (Status.SOLVED, Status.CLOSED)


@dataclass(frozen=True, slots=True)
class PracticeTicket:
    """One practice conversation; `outcome` (0-100) is None until it has ended."""

    ticket: Ticket
    outcome: float | None
    hints: int

    @property
    def is_solved(self) -> bool:
        """Whether the candidate has answered and solved it."""
        return self.ticket.status in SOLVED and self.ticket.answered_at is not None

    @property
    def is_unaided(self) -> bool:
        """Whether it was solved without a hint."""
        return self.is_solved and not self.hints


@dataclass(frozen=True, slots=True)
class Readiness:
    """Where the check stands, and what it is made of."""

    check: Check
    quiz: Quiz
    given: tuple[GivenDay, ...]
    practice: tuple[PracticeTicket, ...]


@dataclass(frozen=True, slots=True)
class ReadinessPage:
    """The evidence, and what was decided on it."""

    trial: Trial
    candidate: str
    time: Time
    readiness: Readiness
    questions: int
    updates: int

    @property
    def is_training(self) -> bool:
        """Whether something is to be decided: the queue is not open and the trial has begun."""
        return self.trial.state is TrialState.TRAINING

    @property
    def practice(self) -> tuple[PracticeTicket, ...]:
        """Return the practice tickets that have arrived."""
        return self.readiness.practice

    @property
    def solved(self) -> int:
        """Return how many practice tickets are solved."""
        return solved_count(self.practice)


def readiness_page(session: Session, trial: Trial, now: datetime) -> ReadinessPage:
    """Return what the training showed; seven queries."""
    kinds = session.exec(
        select(Post.kind).where(Post.trial_id == trial.id, Post.author_id == trial.person_id)
    ).all()
    return ReadinessPage(
        trial=trial,
        candidate=session.get_one(Person, trial.person_id).name,
        time=time_of(session, trial, now),
        readiness=readiness_of(session, trial, now),
        questions=kinds.count(PostKind.QUESTION),
        updates=kinds.count(PostKind.UPDATE),
    )


def readiness_of(session: Session, trial: Trial, now: datetime) -> Readiness:
    """Return where somebody's readiness check stands; four queries."""
    return readiness_of_all(session, [trial], now)[0]


def readiness_of_all(
    session: Session, trials: Sequence[Trial], now: datetime
) -> tuple[Readiness, ...]:
    """Return where the checks of some trials stand, in their order; four queries."""
    practice = practice_tickets(session, trials)
    quizzes = quizzes_of(session, trials, now)
    given = given_days(session, trials)
    planned = _planned(session, trials)
    return tuple(
        _readiness(
            trial,
            quizzes[trial.id or 0],
            tuple(one for one in given if one.day.trial_id == trial.id),
            tuple(one for one in practice if one.ticket.trial_id == trial.id),
            planned.get(trial.id or 0, 0),
            now,
        )
        for trial in trials
    )


def _readiness(
    trial: Trial,
    quiz: Quiz,
    given: tuple[GivenDay, ...],
    practice: tuple[PracticeTicket, ...],
    planned: int,
    now: datetime,
) -> Readiness:
    check = Check(
        has_quiz=quiz.questions > 0,
        share=quiz.share,
        ready_line=quiz.ready_line,
        unaided=unaided_count(practice),
        unaided_needed=min(UNAIDED_NEEDED, planned),
        training_over=is_training_over(trial, len(given), now),
    )
    return Readiness(check, quiz, given, practice)


def practice_tickets(session: Session, trials: Sequence[Trial]) -> tuple[PracticeTicket, ...]:
    """Return the practice tickets of some trials that have arrived, the first first; one query."""
    rows = session.exec(
        select(Ticket, Case.outcome, Case.hints)
        .join(Case, col(Case.ticket_id) == Ticket.id)
        .where(
            col(Ticket.trial_id).in_([trial.id for trial in trials]),
            col(Ticket.practice).is_(True),
        )
        .order_by(col(Ticket.number))
    )
    return tuple(PracticeTicket(ticket, outcome, len(hints)) for ticket, outcome, hints in rows)


def solved_count(tickets: Sequence[PracticeTicket]) -> int:
    """Return how many of some practice tickets are solved."""
    return sum(one.is_solved for one in tickets)


def unaided_count(tickets: Sequence[PracticeTicket]) -> int:
    """Return how many of some practice tickets are solved without a hint."""
    return sum(one.is_unaided for one in tickets)


def _planned(session: Session, trials: Sequence[Trial]) -> dict[int, int]:
    rows = session.exec(
        select(ScheduledTicket.trial_id, func.count())
        .where(
            col(ScheduledTicket.trial_id).in_([trial.id for trial in trials]),
            col(ScheduledTicket.practice).is_(True),
        )
        .group_by(col(ScheduledTicket.trial_id))
    )
    return dict(rows.all())
