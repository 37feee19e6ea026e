"""From hours to money: blocks of paid work, week by week, to whole cents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Protocol

from trialsim.kit.money import Money, earned
from trialsim.trials.rules import Block, trial_day, week_of


class Worked(Protocol):
    """A block of paid work; `ended_at` is None while it runs."""

    started_at: datetime
    ended_at: datetime | None


class Paid(Protocol):
    """A line of pay that was approved."""

    minutes: int
    amount_cents: int


OVERTIME_MINUTES = 40 * 60
OUTSIDE_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Terms:
    """What the hours of one trial are counted by."""

    starts_on: date
    zone: str
    cap_hours_week: int
    rate_cents: int
    currency: str
    paid: bool = True


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a trial: whole minutes worked, and what they earn (nothing when unpaid)."""

    number: int
    minutes: int
    cap_minutes: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Earnings:
    """All weeks up to now, the first first; weeks without work stand there with 0 minutes."""

    weeks: tuple[Week, ...]
    currency: str

    @property
    def minutes(self) -> int:
        """Return the minutes of all weeks."""
        return sum(week.minutes for week in self.weeks)

    @property
    def amount(self) -> Money:
        """Return what all weeks earn: the sum of their amounts, so that statements add up."""
        return sum((week.amount for week in self.weeks), Money(0, self.currency))


def earnings(terms: Terms, blocks: Iterable[Worked], now: datetime) -> Earnings:
    """Return the weeks of a trial up to now with their minutes and money.

    A block belongs to the week, in the candidate's own zone, in which it began. Minutes are those
    that really passed, whatever the clocks on the wall did. Money is rounded once a week, half a
    cent upwards; minutes above the cap are paid like all others.
    """
    minutes = week_minutes(terms, blocks, now)
    this_week = week_of(trial_day(terms.starts_on, terms.zone, now))
    last = max([this_week, *minutes])
    return Earnings(
        tuple(_week(terms, number, minutes.get(number, 0)) for number in range(1, last + 1)),
        terms.currency,
    )


def week_minutes(terms: Terms, blocks: Iterable[Worked], now: datetime) -> dict[int, int]:
    """Return week number → whole minutes worked, for the weeks with work."""
    by_week = groupby(
        sorted(blocks, key=lambda block: block.started_at), lambda block: week_number(terms, block)
    )
    return {number: total_minutes(tuple(part), now) for number, part in by_week}


def week_number(terms: Terms, block: Worked) -> int:
    """Return the week of the trial a block began in."""
    return week_of(trial_day(terms.starts_on, terms.zone, block.started_at))


def total_minutes(blocks: Sequence[Worked], now: datetime) -> int:
    """Return the whole minutes of some blocks; each is counted by itself."""
    return sum(Block(block.started_at, block.ended_at).minutes(now) for block in blocks)


def is_over(terms: Terms, number: int, now: datetime) -> bool:
    """Whether a week of the trial lies behind its worker, in their own zone."""
    return week_of(trial_day(terms.starts_on, terms.zone, now)) > number


def is_confirmed(terms: Terms, number: int, confirmed_at: datetime | None, now: datetime) -> bool:
    """Whether a week counts as confirmed: by its worker, or by itself seven days after its end."""
    return confirmed_at is not None or is_over(terms, number + 1, now)


def outstanding(week: Week, lines: Iterable[Paid]) -> tuple[int, int]:
    """Return the minutes and cents of a week that no line says yet; below 0 after a cut.

    The lines of a week then add up to exactly what its minutes earn.
    """
    known = list(lines)
    minutes = week.minutes - sum(line.minutes for line in known)
    return minutes, week.amount.cents - sum(line.amount_cents for line in known)


def warnings(week: Week, rate_cents: int, minimum_cents: int, outside_minutes: int) -> list[str]:
    """Return what a manager should look at before approving a week."""
    found = []
    if week.minutes > week.cap_minutes:
        found.append(f"{_hours(week.minutes - week.cap_minutes)} over the agreed hours")
    if week.minutes > OVERTIME_MINUTES:
        found.append("over 40 hours: overtime rules may ask for a higher rate")
    if rate_cents < minimum_cents:
        found.append("the rate is below the lowest wage set for this programme")
    if outside_minutes >= OUTSIDE_MINUTES:
        found.append(f"{_hours(outside_minutes)} outside the announced hours")
    return found


def _hours(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02d}"


def _week(terms: Terms, number: int, minutes: int) -> Week:
    cents = earned(minutes, terms.rate_cents) if terms.paid else 0
    return Week(number, minutes, terms.cap_hours_week * 60, Money(cents, terms.currency))
