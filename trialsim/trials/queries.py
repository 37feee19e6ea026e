"""Reading trials, their paid time, and where somebody stands."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.kit.worktime import WorkingHours, local_day
from trialsim.programmes.models import Cohort, Membership
from trialsim.programmes.rules import ProgrammeRules, Role
from trialsim.simulation.types import Rules
from trialsim.trials.care.rules import (
    Allowances,
    Pause,
    announced,
    pause_on,
    paused_days,
    paused_time,
    pauses_of,
)
from trialsim.trials.models import TimeEntry, Trial
from trialsim.trials.rules import (
    Block,
    minutes_left,
    trial_day,
    week_of,
    week_starts,
    worked_minutes,
)

_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Standing:
    """One role somebody holds, with the cohort and, for a candidate, the trial."""

    membership: Membership
    cohort: Cohort
    trial: Trial | None


@dataclass(frozen=True, slots=True)
class Time:
    """Where a trial's paid time stands at one moment; all in whole minutes.

    `day` and `week` are those of the calendar, `own_day` leaves pauses out; `paused_until` is the
    last day of the present pause.
    """

    day: int
    week: int
    worked: int
    worked_this_week: int
    worked_today: int
    left_this_week: int
    running: TimeEntry | None
    own_day: int
    paused_until: date | None


def standings(session: Session, person: Person) -> list[Standing]:
    """Return every role a person holds now, newest cohort first."""
    rows = session.exec(
        select(Membership, Cohort, Trial)
        .join(Cohort, col(Cohort.id) == Membership.cohort_id)
        .outerjoin(
            Trial,
            (col(Trial.cohort_id) == Cohort.id) & (col(Trial.person_id) == Membership.person_id),
        )
        .where(Membership.person_id == person.id, col(Membership.ended_at).is_(None))
        .order_by(col(Cohort.starts_on).desc(), col(Cohort.id).desc())
    )
    return [Standing(*row) for row in rows]


def own_trial(session: Session, person: Person) -> Trial | None:
    """Return somebody's newest trial as a candidate."""
    held = standings(session, person)
    return next((one.trial for one in held if one.membership.role is Role.CANDIDATE), None)


def cohort_trials(session: Session, cohort_id: int) -> list[tuple[Trial, Person]]:
    """Return a cohort's trials with their candidates, in the order of invitation."""
    rows = session.exec(
        select(Trial, Person)
        .join(Person, col(Person.id) == Trial.person_id)
        .where(Trial.cohort_id == cohort_id)
        .order_by(col(Trial.id))
    )
    return [(trial, person) for trial, person in rows]


def members(session: Session, cohort_id: int, role: Role) -> list[Person]:
    """Return the people who hold a role in a cohort now, in the order of invitation."""
    rows = session.exec(
        select(Person)
        .join(Membership, col(Membership.person_id) == Person.id)
        .where(
            Membership.cohort_id == cohort_id,
            Membership.role == role,
            col(Membership.ended_at).is_(None),
        )
        .order_by(col(Membership.id))
    )
    return list(rows)


def time_entries(session: Session, trial: Trial) -> list[TimeEntry]:
    """Return a trial's blocks of paid work, oldest first."""
    query = (
        select(TimeEntry)
        .where(TimeEntry.trial_id == trial.id)
        .order_by(col(TimeEntry.started_at), col(TimeEntry.id))
    )
    return list(session.exec(query))


def time_of(session: Session, trial: Trial, now: datetime) -> Time:
    """Return where a trial's paid time stands; one query."""
    return time_from(trial, time_entries(session, trial), now)


def time_from(trial: Trial, entries: list[TimeEntry], now: datetime) -> Time:
    """Return where a trial's paid time stands, from its blocks."""
    blocks = [Block(entry.started_at, entry.ended_at) for entry in entries]
    day = trial_day(trial.starts_on, trial.zone, now)
    this_week = worked_minutes(blocks, now, week_starts(trial.starts_on, trial.zone, now))
    today = [
        block for block in blocks if trial_day(trial.starts_on, trial.zone, block.started_at) == day
    ]
    return Time(
        day=day,
        week=week_of(day),
        worked=worked_minutes(blocks, now),
        worked_this_week=this_week,
        worked_today=worked_minutes(today, now),
        left_this_week=minutes_left(this_week, rules_of(trial).cap_hours_week),
        running=next((entry for entry in entries if entry.ended_at is None), None),
        own_day=day_of(trial, now),
        paused_until=paused.last if (paused := pause_now(trial, now)) else None,
    )


def rules_of(trial: Trial) -> ProgrammeRules:
    """Return the rules a trial runs by, as accepted."""
    return ProgrammeRules.model_validate(trial.rules)


def engine_rules(trial: Trial) -> Rules:
    """Return the engine's constants for a trial: the reader and thresholds it began with."""
    return replace(Rules(), **rules_of(trial).reading.model_dump())


def hours_of(trial: Trial) -> WorkingHours:
    """Return the working hours a candidate has announced; pauses and a dropped day hold none."""
    return announced(
        trial.weekdays,
        trial.day_starts,
        trial.day_ends,
        trial.zone,
        trial.pauses,
        trial.dropped_on,
        trial.earlier_hours,
    )


def allowances_of(trial: Trial) -> Allowances:
    """Return what an accommodation changes for a trial; as usual without one."""
    return Allowances(**trial.allowances)


def pause_now(trial: Trial, now: datetime) -> Pause | None:
    """Return the pause a trial is in at a moment."""
    return pause_on(pauses_of(trial.pauses), local_day(now, trial.zone))


def days_since_start(trial: Trial, at: datetime) -> float:
    """Return the days since a trial's first midnight, fractions included, pauses left out."""
    begins = datetime.combine(trial.starts_on, time(), ZoneInfo(trial.zone))
    passed = at - begins - paused_time(pauses_of(trial.pauses), trial.zone, at)
    return max(0.0, passed.total_seconds() / _SECONDS_A_DAY)


def day_of(trial: Trial, at: datetime) -> int:
    """Return the day of a trial an instant lies on, 1 on the first; paused days are not counted."""
    paused = paused_days(pauses_of(trial.pauses), local_day(at, trial.zone))
    return trial_day(trial.starts_on, trial.zone, at) - paused
