"""Communication by day: answers to colleagues in own working time, updates and hand-overs."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from trialsim.measurement.intervals import share_estimate
from trialsim.measurement.types import Estimate
from trialsim.room.rules import PostKind, Wait
from trialsim.trials.rules import Block


class Written(Protocol):
    """A post, as far as this needs it."""

    kind: PostKind
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """Something a colleague wrote: the trial day it came, own working minutes until the answer.

    While `is_answered` is False the minutes are those until now.
    """

    day: int
    minutes: float
    is_answered: bool


@dataclass(frozen=True, slots=True)
class WorkDay:
    """A day with paid work, and whether an update and a hand-over were written on it.

    None on a day that is not over yet.
    """

    day: int
    update: bool | None
    hand_over: bool | None


@dataclass(frozen=True, slots=True)
class Night:
    """What became of one hand-over: how many customers waited, and how many the note covered."""

    day: int
    waiting: int
    covered: int


def acted_on(nights: Sequence[Night]) -> Estimate:
    """Return the share of customers who waited at a hand-over that its note covered."""
    return share_estimate(sum(one.covered for one in nights), sum(one.waiting for one in nights))


def asked_of(
    waits: Iterable[Wait], day_of: Callable[[datetime], int], factor: float = 1.0
) -> tuple[Asked, ...]:
    """Return what colleagues wrote to a candidate, in the order given.

    Minutes are divided by the factor that the candidate's clocks of waiting run longer by.
    """
    return tuple(
        Asked(day_of(wait.asked_at), round(wait.minutes / factor, 1), not wait.is_open)
        for wait in waits
    )


def work_days(
    blocks: Iterable[Block],
    own_posts: Sequence[Written],
    day_of: Callable[[datetime], int],
    now: datetime,
) -> tuple[WorkDay, ...]:
    """Return the days with a minute or more of paid work, each with what was written on it."""
    today = day_of(now)
    worked = {day_of(block.started_at) for block in blocks if block.minutes(now)}
    wrote = {
        kind: {day_of(post.at) for post in own_posts if post.kind is kind}
        for kind in (PostKind.UPDATE, PostKind.HAND_OVER)
    }

    def found(kind: PostKind, day: int) -> bool | None:
        return True if day in wrote[kind] else None if day == today else False

    return tuple(
        WorkDay(day, found(PostKind.UPDATE, day), found(PostKind.HAND_OVER, day))
        for day in sorted(worked)
    )
