"""Everything that changes the first days: ticks, the quiz, one more day."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select

from trialsim.accounts.models import Person
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid
from trialsim.scenarios.queries import pack
from trialsim.training.models import ExtraDay, QuizAttempt, StepTick
from trialsim.training.queries import quiz_of
from trialsim.training.rules import faults, share_right
from trialsim.trials.models import Trial
from trialsim.trials.rules import TrialState


def take_quiz(
    session: Session,
    trial: Trial,
    answers: Mapping[int, Collection[int]],
    *,
    by: Person,
    now: datetime,
) -> QuizAttempt:
    """Keep the answers to the readiness quiz with the share that is right.

    Raises:
        Conflict: when the quiz is not open now: passed, before its time, or not in the pack.
        Invalid: by the question's place, for one without an answer.
    """
    quiz = quiz_of(session, trial, now)
    if quiz.which is None:
        raise Conflict("The quiz is not open now. It comes again on the last day.")
    questions = pack(session, trial.pack_hash).quiz
    if wrong := faults(questions, answers):
        raise Invalid(fields={f"q{place}": words for place, words in wrong.items()})
    attempt = QuizAttempt(
        trial_id=trial.id or 0,
        number=len(quiz.attempts) + 1,
        which=quiz.which,
        answers={str(place): sorted(answers[place]) for place in sorted(answers)},
        share=share_right(questions, answers),
        at=now,
    )
    session.add(attempt)
    session.flush()
    detail = {"which": str(quiz.which), "right": round(attempt.share * len(questions))}
    record(session, "quiz_taken", trial.public_id, by=by.id, at=now, detail=detail)
    return attempt


def give_day(session: Session, trial: Trial, *, by: Person, now: datetime, reason: str) -> ExtraDay:
    """Give one more day of training. A mentor says why in one line.

    Raises:
        Conflict: for a trial that is not in training.
    """
    if trial.state is not TrialState.TRAINING:
        raise Conflict("A day can be added while the candidate is in training.")
    given = ExtraDay(trial_id=trial.id or 0, reason=reason, by_id=by.id or 0, at=now)
    session.add(given)
    session.flush()
    record(session, "day_given", trial.public_id, by=by.id, at=now, detail={"reason": reason})
    return given


def tick(session: Session, trial: Trial, step: str, now: datetime) -> None:
    """Tick a step of the first days; one that is ticked stays as it is."""
    known = session.exec(
        select(StepTick.id).where(StepTick.trial_id == trial.id, StepTick.step == step)
    ).first()
    if known is None:
        with suppress(IntegrityError), session.begin_nested():  # another window was quicker
            session.add(StepTick(trial_id=trial.id or 0, step=step, at=now))


def untick(session: Session, trial: Trial, step: str) -> None:
    """Take a tick away again."""
    session.exec(
        delete(StepTick).where(col(StepTick.trial_id) == trial.id, col(StepTick.step) == step)
    )
