"""The pages of pay: one cohort's weeks to approve, and one person's statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.kit.money import Money
from trialsim.kit.worktime import WorkingHours, working_minutes
from trialsim.pay.models import LineKind, StatementLine
from trialsim.pay.queries import lines_of, paid_weeks, terms_of
from trialsim.pay.rules import (
    Terms,
    Week,
    earnings,
    is_confirmed,
    is_over,
    outstanding,
    warnings,
    week_number,
)
from trialsim.programmes.models import Cohort
from trialsim.trials.models import TimeEntry, Trial
from trialsim.trials.queries import cohort_trials, hours_of, rules_of, time_entries

NOT_CONFIRMED = "not confirmed yet"
AT_WORK = "at work just now, please wait until they stop"
KIND_WORDS = {LineKind.WORK: "Hours worked", LineKind.CORRECTION: "Correction"}


@dataclass(frozen=True, slots=True)
class DueWeek:
    """One week of somebody that may be approved now, or waits; amounts are what is outstanding.

    `waits_for` says what comes first; empty when it may be approved.
    """

    trial: Trial
    person: Person
    number: int
    minutes: int
    amount: Money
    is_correction: bool
    waits_for: str
    warnings: tuple[str, ...]

    @property
    def may_approve(self) -> bool:
        """Whether a manager may approve it now."""
        return not self.waits_for


@dataclass(frozen=True, slots=True)
class PayPage:
    """A cohort's pay: what waits, and what each was paid so far."""

    cohort: Cohort
    due: tuple[DueWeek, ...]
    approved: tuple[tuple[Trial, Person, Money], ...]

    @property
    def ready(self) -> int:
        """Return how many weeks may be approved."""
        return sum(week.may_approve for week in self.due)


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything approved for one person, and what is still to come."""

    trial: Trial
    candidate: str
    lines: tuple[StatementLine, ...]
    currency: str

    @property
    def minutes(self) -> int:
        """Return the minutes of all lines."""
        return sum(line.minutes for line in self.lines)

    @property
    def amount(self) -> Money:
        """Return the sum of all lines."""
        return Money(sum(line.amount_cents for line in self.lines), self.currency)


def pay_page(session: Session, cohort: Cohort, now: datetime) -> PayPage:
    """Return a cohort's weeks that wait, by person, and what was approved."""
    due: list[DueWeek] = []
    approved = []
    for trial, person in cohort_trials(session, cohort.id or 0):
        lines = lines_of(session, trial)
        due += _due(session, trial, person, lines, now)
        currency = rules_of(trial).currency
        approved.append((trial, person, Money(sum(one.amount_cents for one in lines), currency)))
    return PayPage(cohort, tuple(due), tuple(approved))


def statement(session: Session, trial: Trial) -> Statement:
    """Return somebody's statement; two queries."""
    person = session.get_one(Person, trial.person_id)
    lines = tuple(lines_of(session, trial))
    return Statement(trial, person.name, lines, rules_of(trial).currency)


def _due(
    session: Session, trial: Trial, person: Person, lines: list[StatementLine], now: datetime
) -> list[DueWeek]:
    terms, rules = terms_of(trial), rules_of(trial)
    entries, rows = time_entries(session, trial), paid_weeks(session, trial)
    at_work = any(entry.ended_at is None for entry in entries)
    found = []
    for week in earnings(terms, entries, now).weeks:
        own = [line for line in lines if line.week == week.number]
        minutes, cents = outstanding(week, own)
        over = is_over(terms, week.number, now) or trial.closed_at is not None
        if not minutes or not over:
            continue
        row = rows.get(week.number)
        confirmed = is_confirmed(terms, week.number, row.confirmed_at if row else None, now)
        told = warnings(
            week, terms.rate_cents, rules.minimum_rate_cents, _outside(terms, week, entries, trial)
        )
        amount = Money(cents, terms.currency)
        first = NOT_CONFIRMED if not confirmed else AT_WORK if at_work else ""
        found.append(
            DueWeek(trial, person, week.number, minutes, amount, bool(own), first, tuple(told))
        )
    return found


def _outside(terms: Terms, week: Week, entries: Iterable[TimeEntry], trial: Trial) -> int:
    """Return the minutes of a week worked outside the announced hours."""
    hours: WorkingHours = hours_of(trial)
    outside = 0.0
    for entry in entries:
        if entry.ended_at is not None and week_number(terms, entry) == week.number:
            whole = (entry.ended_at - entry.started_at).total_seconds() / 60
            outside += whole - working_minutes(hours, entry.started_at, entry.ended_at)
    return round(outside)
