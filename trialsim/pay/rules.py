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


def _week(terms: Terms, number: int, minutes: int) -> Week:
    cents = earned(minutes, terms.rate_cents) if terms.paid else 0
    return Week(number, minutes, terms.cap_hours_week * 60, Money(cents, terms.currency))
