"""The demo's story, told in order: one cohort on its eighteenth day, and one that is decided."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.db import write_session
from trialsim.inbox.actions.arrivals import press
from trialsim.installation.models import Demo
from trialsim.kit import streams
from trialsim.kit.ids import repeatable_ids
from trialsim.programmes.actions import add_cohort, add_member, create_programme
from trialsim.programmes.models import Cohort, Programme
from trialsim.programmes.models import Rubric as RubricRow
from trialsim.programmes.rules import ProgrammeRules, Role
from trialsim.reviews.actions.draw import draw_week
from trialsim.reviews.queries.scorecards import rubric_of
from trialsim.scenarios.actions import import_pack, read_files
from trialsim.scenarios.queries import pack
from trialsim.simulation.ghost_reviewers import REVIEWERS
from trialsim.simulation.types import Rubric
from trialsim.trials.actions import accept, open_live
from trialsim.trials.models import Trial, TrialState
from trialsim.workflows.demo import people, talking
from trialsim.workflows.demo.people import CANDIDATES, Candidate, Colleague
from trialsim.workflows.demo.reviewing import review_waiting
from trialsim.workflows.demo.working import Worker
from trialsim.workflows.enrol import start_cohort

STARTS_ON = date(2026, 11, 2)  # a Monday; the demo's days never depend on today
PRESENT = time(15, 20)
PACK = "leafmoor"
FIRST_LIVE_DAY = 4
EVENING = time(17, 0)
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the demo should hold."""

    candidates: int = 8
    day: int = 18
    seed: int = 7


@dataclass(slots=True)
class Group:
    """A cohort at work: the row, its trials with their ghosts, and the mentors."""

    cohort: Cohort
    workers: dict[int, Worker]
    mentors: list[Person]
    rubrics: Mapping[int, Rubric]


def fill(engine: Engine, seed_data: Path, wanted: Wanted, progress: Progress) -> datetime:
    """Fill an empty database and return the demo's present moment.

    The same wish gives the same content, whatever the machine and the day.
    """
    with repeatable_ids(streams.stream(wanted.seed, "demo ids")):
        return _fill(engine, seed_data, wanted, progress)


def _fill(engine: Engine, seed_data: Path, wanted: Wanted, progress: Progress) -> datetime:
    begins = datetime.combine(STARTS_ON - timedelta(days=7), time(9), UTC)
    with write_session(engine) as session:
        colleagues = _colleagues(session, begins)
        programme = _programme(session, seed_data, colleagues[people.MANAGER.name], begins)
        group = _start(
            session, programme, "Autumn cohort", CANDIDATES[: wanted.candidates], colleagues, begins
        )
    present = datetime.combine(STARTS_ON + timedelta(days=wanted.day - 1), PRESENT, UTC)
    for day in range(1, wanted.day + 1):
        progress(f"Autumn cohort, day {day} of {wanted.day}", day / wanted.day)
        live_through(engine, group, day, min(present, _night(day)))
    with write_session(engine) as session:
        session.add(Demo(seed=wanted.seed, clock_at=present))
    return present


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
            for mentor, ghost in zip(group.mentors, REVIEWERS, strict=False):
                review_waiting(session, mentor, ghost, group.workers, group.rubrics, evening)
            talking.mentors_answer(session, group.workers, group.mentors, evening)


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
    press(session, trial, starts)
    ended = worker.works(session, trial, on, until)
    if ended is not None and ended < until:
        talking.day_ends(session, trial, worker, day, ended)


def _night(day: int) -> datetime:
    """Return the end of a day everywhere: the last zone's evening has passed."""
    return datetime.combine(STARTS_ON + timedelta(days=day), time(4), UTC)


def _colleagues(session: Session, now: datetime) -> dict[str, Person]:
    named = (people.MANAGER, *people.MENTORS, *people.COMMITTEE)
    return {one.name: _person(session, one, now, is_manager=one is people.MANAGER) for one in named}


def _person(
    session: Session, colleague: Colleague | Candidate, now: datetime, *, is_manager: bool = False
) -> Person:
    person = Person(
        email=people.email(colleague.name),
        name=colleague.name,
        zone=colleague.zone,
        is_manager=is_manager,
        created_at=now,
    )
    session.add(person)
    session.flush()
    return person


def _programme(session: Session, seed_data: Path, manager: Person, now: datetime) -> Programme:
    row = import_pack(session, read_files(seed_data / "packs" / PACK), now)
    return create_programme(
        session,
        name="Customer Support Trial",
        template="hiring-trial",
        rules=ProgrammeRules(),
        pack=pack(session, row.hash),
        pack_hash=row.hash,
        by=manager,
        now=now,
    )


def _start(
    session: Session,
    programme: Programme,
    name: str,
    candidates: Iterable[Candidate],
    colleagues: Mapping[str, Person],
    now: datetime,
) -> Group:
    manager = colleagues[people.MANAGER.name]
    cohort = add_cohort(session, programme, name=name, starts_on=STARTS_ON, by=manager, now=now)
    ghosts = {}
    for candidate in candidates:
        person = _person(session, candidate, now)
        add_member(session, cohort, person, Role.CANDIDATE, by=manager, now=now)
        ghosts[person.id] = (candidate, person)
    for role, group in ((Role.MENTOR, people.MENTORS), (Role.COMMITTEE, people.COMMITTEE)):
        for one in group:
            add_member(session, cohort, colleagues[one.name], role, by=manager, now=now)
    workers = {}
    rubrics = {}
    for trial in start_cohort(session, cohort, by=manager, now=now):
        candidate, person = ghosts[trial.person_id]
        accept(
            session,
            trial,
            by=person,
            now=now,
            zone=candidate.zone,
            weekdays=[0, 1, 2, 3, 4],
            day_starts=candidate.starts,
            day_ends=candidate.ends,
        )
        worker = Worker(candidate, trial.id or 0, person, f"demo/{trial.seed}")
        worker.asks = talking.ghost_asks
        workers[trial.id or 0] = worker
        rubrics[trial.rubric_id] = rubric_of(session.get_one(RubricRow, trial.rubric_id))
    mentors = [colleagues[one.name] for one in people.MENTORS]
    return Group(cohort, workers, mentors, rubrics)
