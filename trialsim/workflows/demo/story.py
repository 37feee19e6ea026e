"""The demo's story, told in order: a cohort that is decided, and one on its eighteenth day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from trialsim.db import write_session
from trialsim.inbox.actions.arrivals import press
from trialsim.insights.actions import take_snapshot
from trialsim.installation.models import Demo
from trialsim.kit import streams
from trialsim.kit.ids import repeatable_ids
from trialsim.programmes.models import Cohort
from trialsim.programmes.rules import ProgrammeRules
from trialsim.reviews.actions.draw import draw_week
from trialsim.simulation.ghost_reviewers import REVIEWERS
from trialsim.trials.actions import open_live
from trialsim.trials.models import Trial
from trialsim.trials.rules import TrialState
from trialsim.workflows.demo import letters, people, talking
from trialsim.workflows.demo.channels import mentor_opens
from trialsim.workflows.demo.deciding import decide
from trialsim.workflows.demo.groups import Group, Start, add_colleagues, add_programme, start
from trialsim.workflows.demo.learning import ghost_takes_quiz
from trialsim.workflows.demo.people import CANDIDATES, FORMER_CANDIDATES
from trialsim.workflows.demo.reviewing import review_waiting
from trialsim.workflows.demo.working import Worker
from trialsim.workflows.hand_over.acting import act

STARTS_ON = date(2026, 11, 2)  # a Monday; the demo's days never depend on today
FORMER_STARTS_ON = date(2026, 9, 28)
FORMER_CONTACTS = 0.8  # a third of the usual work, so that the story is told quickly
FORMER_DAYS = 28
PRESENT = time(14, 20)  # afternoon in Lisbon and still the same day in Seoul
FIRST_LIVE_DAY = 4
EVENING = time(17, 0)
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the demo should hold; `former` adds the cohort that is decided."""

    candidates: int = 8
    day: int = 18
    seed: int = 7
    former: bool = True


def fill(engine: Engine, seed_data: Path, wanted: Wanted, progress: Progress) -> datetime:
    """Fill an empty database and return the demo's present moment.

    The same wish gives the same content, whatever the machine and the day.
    """
    with repeatable_ids(streams.stream(wanted.seed, "demo ids")):
        return _fill(engine, seed_data, wanted, progress)


def _fill(engine: Engine, seed_data: Path, wanted: Wanted, progress: Progress) -> datetime:
    begins = datetime.combine(FORMER_STARTS_ON - timedelta(days=7), time(9), UTC)
    with write_session(engine) as session:
        colleagues = add_colleagues(session, begins)
        manager = colleagues[people.MANAGER.name]
    if wanted.former:
        with write_session(engine) as session:
            rules = ProgrammeRules(contacts_per_hour=FORMER_CONTACTS)
            programme = add_programme(
                session, seed_data, "First support trial", rules, manager, begins
            )
            group = start(
                session,
                Start(programme, "First cohort", FORMER_STARTS_ON, FORMER_CANDIDATES, wanted.seed),
                colleagues,
                begins,
            )
        _live(engine, group, FORMER_DAYS, None, progress)
        decide(engine, group, FORMER_STARTS_ON + timedelta(days=FORMER_DAYS))
    present = datetime.combine(STARTS_ON + timedelta(days=wanted.day - 1), PRESENT, UTC)
    begins = datetime.combine(STARTS_ON - timedelta(days=5), time(9), UTC)
    with write_session(engine) as session:
        programme = add_programme(
            session, seed_data, "Customer support trial", ProgrammeRules(), manager, begins
        )
        candidates = CANDIDATES[: wanted.candidates]
        group = start(
            session,
            Start(programme, "Autumn cohort", STARTS_ON, candidates, wanted.seed),
            colleagues,
            begins,
        )
    _live(engine, group, wanted.day, present, progress)
    with write_session(engine) as session:
        take_snapshot(session, session.get_one(Cohort, group.cohort.id), present)
        session.add(Demo(seed=wanted.seed, clock_at=present))
    return present


def _live(
    engine: Engine, group: Group, days: int, until: datetime | None, progress: Progress
) -> None:
    for day in range(1, days + 1):
        progress(f"{group.cohort.name}, day {day} of {days}", day / days)
        night = datetime.combine(group.cohort.starts_on + timedelta(days=day), time(4), UTC)
        live_through(engine, group, day, min(until or night, night))


def live_through(engine: Engine, group: Group, day: int, until: datetime) -> None:
    """Let a cohort live one day: candidates work, mentors read, answer and draw in the evening."""
    on = group.cohort.starts_on + timedelta(days=day - 1)
    for trial_id, worker in group.workers.items():
        with write_session(engine) as session:
            trial = session.get_one(Trial, trial_id)
            if on.weekday() in trial.weekdays:
                _live_day(session, group, trial, worker, day, until)
    evening = datetime.combine(on, EVENING, UTC)
    if evening <= until:
        with write_session(engine) as session:
            draw_week(session, session.get_one(Cohort, group.cohort.id), evening)
            for mentor, ghost in zip(group.mentors, REVIEWERS, strict=True):
                review_waiting(session, mentor, ghost, group.workers, group.rubrics, evening)
            talking.mentors_answer(session, group.workers, group.mentors, evening)
            for trial_id, worker in group.workers.items():
                trial = session.get_one(Trial, trial_id)
                mentor = next(one for one in group.mentors if one.id == trial.mentor_id)
                letters.evening(session, trial, mentor, worker, evening)


def _live_day(
    session: Session, group: Group, trial: Trial, worker: Worker, day: int, until: datetime
) -> None:
    on = group.cohort.starts_on + timedelta(days=day - 1)
    mentor = next(one for one in group.mentors if one.id == trial.mentor_id)
    starts = worker.starts(on)
    if day >= FIRST_LIVE_DAY and trial.state is TrialState.TRAINING:
        reason = "Practice tickets solved, questions asked early."
        open_live(session, trial, by=mentor, now=starts - timedelta(hours=1), reason=reason)
    if starts >= until:
        return
    talking.ghost_reads(session, trial, worker, starts)
    talking.ghost_answers(session, trial, worker, starts)
    if trial.state is TrialState.LIVE:
        talking.mentor_writes(session, trial, mentor, worker, starts - timedelta(minutes=45))
        mentor_opens(session, trial, mentor, starts - timedelta(minutes=40))
    act(session, trial, starts)
    press(session, trial, starts)
    ended = worker.works(session, trial, on, until)
    if ended is not None and (day == FIRST_LIVE_DAY - 1 or trial.state is TrialState.LIVE):
        ghost_takes_quiz(session, trial, worker, ended)
    if ended is not None and ended < until:
        talking.day_ends(session, trial, worker, day, ended)
