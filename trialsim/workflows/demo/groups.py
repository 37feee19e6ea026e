"""The demo's people and cohorts, put in place the way a manager would."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.programmes.actions import add_cohort, add_member, create_programme
from trialsim.programmes.models import Cohort, Programme
from trialsim.programmes.models import Rubric as RubricRow
from trialsim.programmes.rules import ProgrammeRules, Role
from trialsim.reviews.queries.scorecards import rubric_of
from trialsim.scenarios.actions import import_pack, read_files
from trialsim.scenarios.queries import pack
from trialsim.simulation.types import Rubric
from trialsim.trials.actions import accept
from trialsim.workflows.demo import people, talking
from trialsim.workflows.demo.people import Candidate, Colleague
from trialsim.workflows.demo.working import Worker
from trialsim.workflows.enrol import start_cohort

PACK = "leafmoor"


@dataclass(slots=True)
class Group:
    """A cohort at work: the row, its trials with their ghosts, mentors and committee."""

    cohort: Cohort
    workers: dict[int, Worker]
    manager: Person
    mentors: list[Person]
    committee: list[Person]
    rubrics: Mapping[int, Rubric]


def add_colleagues(session: Session, now: datetime) -> dict[str, Person]:
    """Add everybody who is no candidate, by name."""
    named = (people.MANAGER, *people.MENTORS, *people.COMMITTEE)
    return {one.name: _person(session, one, now, is_manager=one is people.MANAGER) for one in named}


def add_programme(
    session: Session, seed_data: Path, name: str, rules: ProgrammeRules, by: Person, now: datetime
) -> Programme:
    """Add a programme on the pack that comes along."""
    row = import_pack(session, read_files(seed_data / "packs" / PACK), now)
    return create_programme(
        session,
        name=name,
        template="hiring-trial",
        rules=rules,
        pack=pack(session, row.hash),
        pack_hash=row.hash,
        by=by,
        now=now,
    )


@dataclass(frozen=True, slots=True)
class Start:
    """A cohort that is about to begin."""

    programme: Programme
    name: str
    starts_on: date
    candidates: tuple[Candidate, ...]
    seed: int


def start(
    session: Session, wanted: Start, colleagues: Mapping[str, Person], now: datetime
) -> Group:
    """Add a cohort with its members, start it, and let every candidate accept the terms."""
    manager = colleagues[people.MANAGER.name]
    cohort = add_cohort(
        session,
        wanted.programme,
        name=wanted.name,
        starts_on=wanted.starts_on,
        by=manager,
        now=now,
    )
    ghosts = {}
    for candidate in wanted.candidates:
        person = _person(session, candidate, now)
        add_member(session, cohort, person, Role.CANDIDATE, by=manager, now=now)
        ghosts[person.id] = (candidate, person)
    mentors = [colleagues[one.name] for one in people.MENTORS]
    committee = [colleagues[one.name] for one in people.COMMITTEE]
    _add_all(session, cohort, Role.MENTOR, mentors, manager, now)
    _add_all(session, cohort, Role.COMMITTEE, committee, manager, now)
    group = Group(cohort, {}, manager, mentors, committee, {})
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
        worker = Worker(candidate, trial.id or 0, person, f"{wanted.seed}/{trial.seed}")
        worker.asks = talking.ghost_asks
        group.workers[trial.id or 0] = worker
        rubrics[trial.rubric_id] = rubric_of(session.get_one(RubricRow, trial.rubric_id))
    group.rubrics = rubrics
    return group


def _add_all(
    session: Session,
    cohort: Cohort,
    role: Role,
    members: Iterable[Person],
    by: Person,
    now: datetime,
) -> None:
    for person in members:
        membership = add_member(session, cohort, person, role, by=by, now=now)
        membership.accepted_at = now


def _person(
    session: Session, one: Colleague | Candidate, now: datetime, *, is_manager: bool = False
) -> Person:
    person = Person(
        email=people.email(one.name),
        name=one.name,
        zone=one.zone,
        is_manager=is_manager,
        created_at=now,
    )
    session.add(person)
    session.flush()
    return person
