"""Communication by day: answers to colleagues in own working time, updates and hand-overs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from trialsim.room.rules import PostKind, Wait
from trialsim.trials.rules import Block, trial_day


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


def asked_of(waits: Iterable[Wait], zone: str, starts_on: date) -> tuple[Asked, ...]:
    """Return what colleagues wrote to a candidate, in the order given."""
    return tuple(
        Asked(trial_day(starts_on, zone, wait.asked_at), round(wait.minutes, 1), not wait.is_open)
        for wait in waits
    )


def work_days(
    blocks: Iterable[Block], own_posts: Sequence[Written], zone: str, starts_on: date, now: datetime
) -> tuple[WorkDay, ...]:
    """Return the days with a minute or more of paid work, each with what was written on it."""
    today = trial_day(starts_on, zone, now)
    worked = {
        trial_day(starts_on, zone, block.started_at) for block in blocks if block.minutes(now)
    }
    wrote = {
        kind: {trial_day(starts_on, zone, post.at) for post in own_posts if post.kind is kind}
        for kind in (PostKind.UPDATE, PostKind.HAND_OVER)
    }

    def found(kind: PostKind, day: int) -> bool | None:
        return True if day in wrote[kind] else None if day == today else False

    return tuple(
        WorkDay(day, found(PostKind.UPDATE, day), found(PostKind.HAND_OVER, day))
        for day in sorted(worked)
    )
