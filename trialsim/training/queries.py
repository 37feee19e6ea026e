"""Reading what the first days left behind."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.kit.worktime import local_day
from trialsim.scenarios.queries import pack
from trialsim.training.models import ExtraDay, QuizAttempt, StepTick
from trialsim.training.rules import (
    Asked,
    Which,
    asked,
    last_work_day,
    training_ends_on,
    which_next,
)
from trialsim.trials.models import Trial
from trialsim.trials.queries import rules_of
from trialsim.trials.rules import TrialState


@dataclass(frozen=True, slots=True)
class GivenDay:
    """One more day, with the name of who gave it."""

    day: ExtraDay
    by: str


@dataclass(frozen=True, slots=True)
class Quiz:
    """Somebody's quiz: what was answered, whether it is passed, and what may be answered now."""

    questions: int
    attempts: tuple[QuizAttempt, ...]
    ready_line: float
    which: Which | None

    @property
    def share(self) -> float | None:
        """Return the best share of right answers in training, if it was taken there."""
        shares = [one.share for one in self.attempts if one.which is not Which.LAST]
        return max(shares, default=None)

    @property
    def first(self) -> QuizAttempt | None:
        """Return the first attempt."""
        return next((one for one in self.attempts if one.which is Which.FIRST), None)

    @property
    def last(self) -> QuizAttempt | None:
        """Return the attempt of the last day."""
        return next((one for one in self.attempts if one.which is Which.LAST), None)

    @property
    def has_passed(self) -> bool:
        """Whether the quiz was passed in training."""
        return self.share is not None and self.share >= self.ready_line

    @property
    def gain(self) -> int | None:
        """Return the percentage points from the first attempt to the last day's, once known."""
        if self.first is None or self.last is None:
            return None
        return round(100 * self.last.share) - round(100 * self.first.share)


def quiz_of(session: Session, trial: Trial, now: datetime) -> Quiz:
    """Return where somebody's quiz stands; one query when the pack is known."""
    return quizzes_of(session, [trial], now)[trial.id or 0]


def quizzes_of(session: Session, trials: Sequence[Trial], now: datetime) -> dict[int, Quiz]:
    """Return where the quizzes of some trials stand, by trial; one query when packs are known."""
    found = session.exec(
        select(QuizAttempt)
        .where(col(QuizAttempt.trial_id).in_([trial.id for trial in trials]))
        .order_by(col(QuizAttempt.number))
    ).all()
    return {
        trial.id or 0: _quiz(
            trial,
            len(pack(session, trial.pack_hash).quiz),
            tuple(one for one in found if one.trial_id == trial.id),
            now,
        )
        for trial in trials
    }


def _quiz(trial: Trial, questions: int, attempts: tuple[QuizAttempt, ...], now: datetime) -> Quiz:
    state = Quiz(questions, attempts, rules_of(trial).ready_line, None)
    running = trial.state in (TrialState.TRAINING, TrialState.LIVE)
    if not questions or not running:
        return state
    today = local_day(now, trial.zone)
    which = which_next(
        [one.which for one in attempts],
        has_passed=state.has_passed,
        in_training=trial.state is TrialState.TRAINING,
        is_last_day=today >= last_work_day(trial.ends_on, trial.weekdays),
    )
    return replace(state, which=which)


def questions_for(session: Session, trial: Trial, number: int) -> tuple[Asked, ...]:
    """Return the questions of an attempt, in the order in which they are put."""
    return asked(pack(session, trial.pack_hash).quiz, trial.seed, number)


def given_days(session: Session, trials: Sequence[Trial]) -> tuple[GivenDay, ...]:
    """Return the days that mentors added to the training of some trials, the first first."""
    rows = session.exec(
        select(ExtraDay, Person.name)
        .join(Person, col(Person.id) == ExtraDay.by_id)
        .where(col(ExtraDay.trial_id).in_([trial.id for trial in trials]))
        .order_by(col(ExtraDay.id))
    )
    return tuple(GivenDay(day, name) for day, name in rows)


def is_training_over(trial: Trial, more_days: int, now: datetime) -> bool:
    """Whether the days announced for training lie behind, with those that were added."""
    days = rules_of(trial).training_days + more_days
    return local_day(now, trial.zone) > training_ends_on(trial.starts_on, trial.weekdays, days)


def ticked_steps(session: Session, trial: Trial) -> frozenset[str]:
    """Return the steps that are ticked."""
    return frozenset(session.exec(select(StepTick.step).where(StepTick.trial_id == trial.id)))
