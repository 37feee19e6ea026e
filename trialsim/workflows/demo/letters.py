"""Ghosts and mentors beside the work: check-ins, half-way letters, ratings, closing statements."""

from datetime import datetime

from sqlmodel import Session, select

from trialsim.accounts.models import Person
from trialsim.kit import streams
from trialsim.letters import actions
from trialsim.letters.models import CheckIn
from trialsim.letters.queries import sent_letter
from trialsim.letters.rules import ClosingText, Forecast, HalfWayText, Said
from trialsim.trials.models import Trial
from trialsim.trials.promises import half_way_day
from trialsim.trials.queries import rules_of
from trialsim.trials.rules import TrialState, week_of
from trialsim.workflows.demo.working import Worker
from trialsim.workflows.letters.actions import write_closing

_FRIDAY = 5
_ON_TRACK = 0.6
_MISSED = 0.9  # of ten check-ins one is not held: debts should be seen in a demo too
_AGREED = (
    "Say by when in each reply that promises something. We look again next week.",
    "Open the record before the first answer, three times a day, and tell me what it changed.",
    "Ask in the room after ten minutes without a next step.",
    "",
)
_STRENGTHS = (
    "You read the whole message before you answer, and customers notice.",
    "Kind with people who are cross, also the second time.",
    "Your questions come early and name what you have tried.",
    "Hand-over notes that I could work from without asking.",
)
_GAPS = (
    "Say by when. Half of your replies promise something without a day.",
    "The cause was still there in some closed tickets: look into the record first.",
    "Long replies. The next step should be the first thing a customer reads.",
)
_CHANGES = (
    "A week in which every promise has a day, and the day is kept.",
    "Five tickets in a row in which the record was opened before the first answer.",
)
_SAID = (
    "Clear rules. I would like feedback on Fridays a little sooner.",
    "The first days were a lot to read, the hints helped.",
    "Good talks. Two tickets felt longer than a real one.",
    "",
)
_CLOSING = (
    "First I answered before I looked. Now I look first, and the long tickets come out right.",
    "I learned most from what was sent back to me. I would do the second week again, slowly.",
)


def evening(session: Session, trial: Trial, mentor: Person, worker: Worker, at: datetime) -> None:
    """Hold the check-in, write the half-way letter and rate the week, each on its day."""
    day = (at.date() - trial.starts_on).days + 1
    if trial.state not in actions.RUNNING or day < 1:
        return
    week = week_of(day)
    if day % 7 == _FRIDAY:
        _checks_in(session, trial, mentor, worker, week, at)
        score = 3 + round(2 * streams.unit(worker.seed, "rates", week))
        said = Said(week, score, streams.pick(_SAID, worker.seed, "rating", week))
        actions.rate_trial(session, trial, said, by=worker.person, now=at)
    length = rules_of(trial).length_days
    if day == half_way_day(length) + 1:
        _writes(session, trial, mentor, worker, at)
    if day == length - 1 and trial.state is TrialState.LIVE:
        words = streams.pick(_CLOSING, worker.seed, "closing")
        write_closing(session, trial, ClosingText(words), by=worker.person, now=at, version=0)


def _checks_in(
    session: Session, trial: Trial, mentor: Person, worker: Worker, week: int, at: datetime
) -> None:
    if streams.unit(worker.seed, "check-in", week) > _MISSED:
        return
    held = session.exec(
        select(CheckIn.id).where(CheckIn.trial_id == trial.id, CheckIn.week == week)
    ).first()
    if held is None:
        words = streams.pick(_AGREED, worker.seed, "agreed", week)
        actions.hold_check_in(session, trial, agreed=words, by=mentor, now=at)


def _writes(session: Session, trial: Trial, mentor: Person, worker: Worker, at: datetime) -> None:
    if sent_letter(session, trial) is not None:
        return
    order = sorted(_STRENGTHS, key=lambda one: streams.digest(worker.seed, "strength", one))
    gaps = sorted(_GAPS, key=lambda one: streams.digest(worker.seed, "gap", one))
    good = worker.candidate.ghost.communication >= _ON_TRACK
    text = HalfWayText(
        tuple(order[:3]),
        tuple(gaps[:2]),
        Forecast.ON_TRACK if good else Forecast.OPEN,
        streams.pick(_CHANGES, worker.seed, "change"),
        3,
    )
    letter = actions.save_letter(session, trial, text, by=mentor, now=at, version=0)
    actions.send_letter(session, trial, letter, by=mentor, now=at, base_url="")
