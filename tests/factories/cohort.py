"""A whole cohort for the cast: pack, programme, members, started trials with a planned month."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Any

from sqlmodel import Session, SQLModel

from tests.cast import FIRST_DAY, START, Cast
from tests.factories.recording import recorded
from trialsim.accounts.models import Person
from trialsim.paths import data_folder
from trialsim.programmes.actions import add_cohort, add_member, create_programme
from trialsim.programmes.models import Cohort, Programme
from trialsim.programmes.rules import ProgrammeRules, Role
from trialsim.scenarios.actions import import_pack, read_files
from trialsim.scenarios.queries import pack as pack_of
from trialsim.trials.actions import accept, open_live
from trialsim.trials.models import Trial
from trialsim.workflows.enrol import start_cohort

# Enough of the pack for every kind of rule, and quick to read.
SCENARIOS = (
    "certificate-pending",
    "checkout-plugin-conflict",
    "delete-my-data",
    "domain-mail-records",
    "font-size-editor",
    "idea-dark-mode",
    "import-stopped",
    "locked-out-second-factor",
    "ownership-claim",
    "practice-find-invoice",
    "practice-first-hello",
    "refund-too-late",
    "renewal-charged-twice",
    "slow-images",
    "stats-counting-bug",
    "update-broke-layout",
    "wrong-company",
)
CANDIDATES = ("cem", "noor")
MENTORS = ("mina", "mika")
COMMITTEE = ("hana", "ravi", "lena")


@dataclass(frozen=True, slots=True)
class Started:
    """A cohort that has started: its trials in the order of invitation."""

    cohort: Cohort
    programme: Programme
    trials: tuple[Trial, ...]

    @property
    def trial(self) -> Trial:
        """The first candidate's trial: Cem's, unless other candidates were named."""
        return self.trials[0]


def a_programme(session: Session, cast: Cast, **rules: Any) -> Programme:  # noqa: ANN401 (rules of any type)
    """A programme on a small pack, with half the usual tickets unless told otherwise."""
    row = import_pack(session, pack_files(), START)
    return create_programme(
        session,
        name="Spring trial",
        template="hiring-trial",
        rules=ProgrammeRules.model_validate({"contacts_per_hour": 1.2, **rules}),
        pack=pack_of(session, row.hash),
        pack_hash=row.hash,
        by=cast.olu,
        now=START,
    )


def a_cohort(
    session: Session,
    cast: Cast,
    *,
    candidates: Iterable[str] = CANDIDATES,
    mentors: Iterable[str] = MENTORS,
    committee: Iterable[str] = COMMITTEE,
    starts_on: date = FIRST_DAY,
    **rules: Any,  # noqa: ANN401 (rules of any type)
) -> Cohort:
    """A cohort with its members that has not started; roles name people of the cast."""
    programme = a_programme(session, cast, **rules)
    cohort = add_cohort(
        session, programme, name="March cohort", starts_on=starts_on, by=cast.olu, now=START
    )
    for role, names in (
        (Role.CANDIDATE, candidates),
        (Role.MENTOR, mentors),
        (Role.COMMITTEE, committee),
    ):
        for name in names:
            person: Person = getattr(cast, name)
            add_member(session, cohort, person, role, by=cast.olu, now=START)
    return cohort


def a_started_cohort(session: Session, cast: Cast, **options: Any) -> Started:  # noqa: ANN401 (those of a_cohort)
    """A cohort that has started; nobody has accepted the terms yet. Commits."""

    def make() -> Started:
        cohort = a_cohort(session, cast, **options)
        trials = start_cohort(session, cohort, by=cast.olu, now=START)
        programme = session.get_one(Programme, cohort.programme_id)
        session.commit()
        return Started(cohort, programme, tuple(trials))

    return a_recorded(session, f"started {options}", make)


def a_recorded(session: Session, name: str, make: Callable[[], Started]) -> Started:
    """What `make` makes; its rows are written once and put in again by every later test."""

    def groups() -> tuple[tuple[SQLModel, ...], ...]:
        started = make()
        return (started.cohort,), (started.programme,), started.trials

    (cohort,), (programme,), trials = recorded(session, name, groups)
    return Started(cohort, programme, trials)


def a_training_cohort(session: Session, cast: Cast, **options: Any) -> Started:  # noqa: ANN401 (those of a_cohort)
    """A started cohort whose candidates have accepted: 09:00 to 13:00, Monday to Friday, UTC."""

    def make() -> Started:
        started = a_started_cohort(session, cast, **options)
        for trial in started.trials:
            accept(
                session,
                trial,
                by=session.get_one(Person, trial.person_id),
                now=START,
                zone="UTC",
                weekdays=[0, 1, 2, 3, 4],
                day_starts=time(9),
                day_ends=time(13),
            )
        session.commit()
        return started

    return a_recorded(session, f"training {options}", make)


def a_live_cohort(session: Session, cast: Cast, **options: Any) -> Started:  # noqa: ANN401 (those of a_cohort)
    """A cohort at work: terms accepted, live queue open for everybody."""

    def make() -> Started:
        started = a_training_cohort(session, cast, **options)
        for trial in started.trials:
            mentor = session.get_one(Person, trial.mentor_id)
            open_live(
                session, trial, by=mentor, now=START, reason="Ready: all practice tickets solved."
            )
        session.commit()
        return started

    return a_recorded(session, f"live {options}", make)


@cache
def pack_files() -> dict[str, str]:
    """The files of the product's own pack, with a part of its scenarios."""
    files = read_files(data_folder("seed_data") / "packs" / "leafmoor")
    return {
        path: text
        for path, text in files.items()
        if not path.startswith("scenarios/")
        or path.removeprefix("scenarios/").split(".")[0] in SCENARIOS  # in every language
    }
