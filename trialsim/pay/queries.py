"""Reading hours and what they earn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.pay.models import PaidWeek, StatementLine
from trialsim.pay.rules import (
    Earnings,
    Terms,
    Week,
    earnings,
    is_confirmed,
    is_over,
    total_minutes,
    week_number,
)
from trialsim.programmes.rules import Need, Relation, Thing, may
from trialsim.trials.corrections import corrections_of
from trialsim.trials.models import TimeCorrection, TimeEntry, Trial
from trialsim.trials.queries import Time, rules_of, time_entries, time_from


@dataclass(frozen=True, slots=True)
class HoursPage:
    """A trial's hours as one reader may see them.

    `entries` (week number → blocks) and amounts are for those who may see pay; mentors read
    totals alone.
    """

    trial: Trial
    candidate: str
    standing: Relation
    time: Time
    earnings: Earnings
    rate_cents: int
    entries: dict[int, tuple[TimeEntry, ...]]
    shows_money: bool
    paid: dict[int, PaidWeek]
    corrections: dict[int, tuple[TimeCorrection, ...]]
    now: datetime

    @property
    def is_own(self) -> bool:
        """Whether the reader is the candidate."""
        return self.standing is Relation.OWN

    @property
    def weeks(self) -> tuple[Week, ...]:
        """Return the weeks, the present one first."""
        return tuple(reversed(self.earnings.weeks))

    def week_words(self, week: Week) -> str:
        """Return a week's heading."""
        runs = week.number == self.time.week and self.now.date() <= self.trial.ends_on
        return f"Week {week.number}" + (" so far" if runs else "")

    def state(self, week: Week) -> str:
        """Return where a week stands: running, open, confirmed or approved."""
        terms, row = terms_of(self.trial), self.paid.get(week.number)
        if row is not None and row.approved_at is not None:
            return "approved"
        if not is_over(terms, week.number, self.now) and self.trial.closed_at is None:
            return "running"
        confirmed_at = row.confirmed_at if row else None
        return "confirmed" if is_confirmed(terms, week.number, confirmed_at, self.now) else "open"

    def minutes(self, entry: TimeEntry) -> int:
        """Return the whole minutes of one block so far."""
        return total_minutes((entry,), self.now)


def terms_of(trial: Trial) -> Terms:
    """Return what a trial's hours are counted by."""
    rules = rules_of(trial)
    return Terms(
        starts_on=trial.starts_on,
        zone=trial.zone,
        cap_hours_week=rules.cap_hours_week,
        rate_cents=rules.rate_cents,
        currency=rules.currency,
        paid=rules.paid,
    )


def earnings_of(trial: Trial, entries: Iterable[TimeEntry], now: datetime) -> Earnings:
    """Return what a trial has earned so far, from its blocks."""
    return earnings(terms_of(trial), entries, now)


def hours_page(session: Session, trial: Trial, standing: Relation, now: datetime) -> HoursPage:
    """Return a trial's hours for somebody who stands to it like that; two queries."""
    terms, entries = terms_of(trial), time_entries(session, trial)
    weeks_of = {entry.id: week_number(terms, entry) for entry in entries}
    sees_pay = may(standing, Thing.PAY, Need.READ)
    return HoursPage(
        trial=trial,
        candidate=session.get_one(Person, trial.person_id).name,
        standing=standing,
        time=time_from(trial, entries, now),
        earnings=earnings(terms, entries, now),
        rate_cents=terms.rate_cents,
        entries=_by_week(terms, entries) if sees_pay else {},
        shows_money=sees_pay and terms.paid,
        paid=paid_weeks(session, trial) if sees_pay else {},
        corrections=_corrections(session, trial, weeks_of) if sees_pay else {},
        now=now,
    )


def lines_of(session: Session, trial: Trial) -> list[StatementLine]:
    """Return the approved lines of a trial's pay, by week and in the order of approval."""
    query = (
        select(StatementLine)
        .where(StatementLine.trial_id == trial.id)
        .order_by(col(StatementLine.week), col(StatementLine.id))
    )
    return list(session.exec(query))


def paid_weeks(session: Session, trial: Trial) -> dict[int, PaidWeek]:
    """Return week number → what was confirmed and approved of it."""
    query = select(PaidWeek).where(PaidWeek.trial_id == trial.id)
    return {week.number: week for week in session.exec(query)}


def _corrections(
    session: Session, trial: Trial, weeks_of: Mapping[int | None, int]
) -> dict[int, tuple[TimeCorrection, ...]]:
    """Return week number → what was corrected in it, oldest first."""
    found: dict[int, tuple[TimeCorrection, ...]] = {}
    for one in corrections_of(session, trial):
        number = weeks_of[one.entry_id]
        found[number] = (*found.get(number, ()), one)
    return found


def _by_week(terms: Terms, entries: list[TimeEntry]) -> dict[int, tuple[TimeEntry, ...]]:
    """Return week number → its blocks, the newest first."""
    numbers = {week_number(terms, entry) for entry in entries}
    return {
        number: tuple(entry for entry in reversed(entries) if week_number(terms, entry) == number)
        for number in numbers
    }
