"""Reading hours and what they earn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.pay.rules import Earnings, Terms, Week, earnings, total_minutes, week_number
from trialsim.programmes.rules import Need, Relation, Thing, may
from trialsim.trials.models import TimeEntry, Trial
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
        now=now,
    )


def _by_week(terms: Terms, entries: list[TimeEntry]) -> dict[int, tuple[TimeEntry, ...]]:
    """Return week number → its blocks, the newest first."""
    numbers = {week_number(terms, entry) for entry in entries}
    return {
        number: tuple(entry for entry in reversed(entries) if week_number(terms, entry) == number)
        for number in numbers
    }
