"""Days, weeks, the cap, and blind codes: decisions over plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from trialsim.kit import streams
from trialsim.kit.worktime import local_day

LONGEST_BLOCK = timedelta(hours=10)


class TrialState(StrEnum):
    """Where a trial stands. `live` means scored tickets arrive."""

    INVITED = "invited"
    TRAINING = "training"
    LIVE = "live"
    CLOSED = "closed"
    DECIDED = "decided"


class WorkKind(StrEnum):
    """Kinds of paid work; all of them are paid."""

    TICKETS = "tickets"
    RESEARCHING = "researching"
    TRAINING = "training"
    REVIEWING = "reviewing"
    TALKING = "talking"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of paid work: aware instants, `ended_at` None while it runs."""

    started_at: datetime
    ended_at: datetime | None

    def minutes(self, now: datetime) -> int:
        """Return its whole minutes so far, never negative."""
        seconds = ((self.ended_at or now) - self.started_at).total_seconds()
        return max(0, int(seconds // 60))


def block_fault(block: Block, others: Iterable[Block], opened: datetime, now: datetime) -> str:
    """Return why a block that somebody typed cannot stand, or nothing when it can.

    `opened` is the instant from which the trial's time may be logged.
    """
    ended = block.ended_at or now
    if ended <= block.started_at:
        return "Please choose an end after the start."
    if ended - block.started_at > LONGEST_BLOCK:
        return "A block has at most 10 hours. Please write it as two, with the rest between them."
    if ended > now:
        return "This time has not passed yet. Please log what is behind you."
    if block.started_at < opened:
        return "This lies before your trial began."
    if any(
        block.started_at < (other.ended_at or now) and other.started_at < ended for other in others
    ):
        return "Another block of yours covers part of this time. Please correct that one instead."
    return ""


def trial_day(starts_on: date, zone: str, now: datetime) -> int:
    """Return the trial day in the candidate's own zone: 1 on the first, 0 or less before it."""
    return (local_day(now, zone) - starts_on).days + 1


def week_of(day: int) -> int:
    """Return the calendar week of the trial a day falls in, from 1."""
    return max(1, (day - 1) // 7 + 1)


def week_starts(starts_on: date, zone: str, now: datetime) -> datetime:
    """Return the instant at which the present week of the trial began, in UTC."""
    week = week_of(trial_day(starts_on, zone, now))
    first = starts_on + timedelta(days=7 * (week - 1))
    midnight = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(zone))
    return midnight.astimezone(UTC)


def worked_minutes(blocks: Iterable[Block], now: datetime, since: datetime | None = None) -> int:
    """Return the whole paid minutes of blocks that began at or after `since`."""
    return sum(block.minutes(now) for block in blocks if since is None or block.started_at >= since)


def minutes_left(worked_this_week: int, cap_hours_week: int) -> int:
    """Return how many paid minutes the week still holds; 0 means the queue is closed."""
    return max(0, cap_hours_week * 60 - worked_this_week)


def codes(count: int, *seed: streams.Name) -> Sequence[str]:
    """Return blind codes such as K7 in an order that tells nothing about the people."""
    order = [f"K{number}" for number in range(1, count + 1)]
    streams.stream(seed[0], *seed[1:], "codes").shuffle(order)
    return order
