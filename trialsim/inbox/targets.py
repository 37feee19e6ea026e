"""Time targets: when the next reply and the solution of a ticket should be there. Pure.

The clock of a reply begins when the customer writes, pauses while the ticket is pending or on hold
without an answer, and begins anew after one. The clock of the solution runs while the ticket is new
or open, through all its turns. Both count the candidate's own hours; in live talk the clock on the
wall. They are a help for working in order and enter no measure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from trialsim.inbox.states import Channel, Status
from trialsim.kit.worktime import WorkingHours, working_end, working_minutes

SOON_MINUTES = 60.0
_RUNNING = (Status.NEW, Status.OPEN)
_LIVE = (Channel.CHAT, Channel.CALL)


@dataclass(frozen=True, slots=True)
class Target:
    """Minutes to the first reply, to each next one, and to the solution."""

    first_reply: int
    next_reply: int
    solution: int


# Source: the product's own defaults; a day of own hours is about four hours here.
TIERS: Mapping[str, Target] = {
    "free": Target(480, 480, 2400),
    "personal": Target(240, 240, 1440),
    "premium": Target(120, 120, 960),
    "enterprise": Target(60, 60, 480),
}
OTHER_TIER = Target(240, 240, 1440)
LIVE_TALK = Target(2, 3, 60)


class Timed(Protocol):
    """What the clocks look at and keep in a ticket."""

    channel: Channel
    status: Status
    opened_at: datetime
    waiting_since: datetime | None
    answered_at: datetime | None
    reply_due_at: datetime | None
    solution_due_at: datetime | None
    solving_since: datetime | None
    solving_minutes: float
    waited_minutes: float


@dataclass(frozen=True, slots=True)
class Left:
    """One clock that runs: what for, how many minutes are left (negative: late), when it ends."""

    what: str
    minutes: float
    due_at: datetime

    @property
    def is_late(self) -> bool:
        """Whether the target has passed."""
        return self.minutes < 0

    @property
    def is_soon(self) -> bool:
        """Whether it passes within an hour of own time."""
        return self.minutes <= SOON_MINUTES


def target_of(plan: str, channel: Channel, factor: float = 1.0) -> Target:
    """Return the targets of a customer's tier, longer by a factor; live talk has its own."""
    usual = LIVE_TALK if channel in _LIVE else TIERS.get(plan, OTHER_TIER)
    minutes = (usual.first_reply, usual.next_reply, usual.solution)
    return Target(*(round(one * factor) for one in minutes))


def settle(  # noqa: PLR0913 (whose clocks, in which hours, and what has just happened)
    ticket: Timed,
    plan: str,
    hours: WorkingHours,
    now: datetime,
    *,
    waited_since: datetime | None = None,
    was_answered: bool = False,
    factor: float = 1.0,
) -> None:
    """Bring both clocks in line with where a ticket stands now; a second call changes nothing.

    `waited_since` is how long the customer had been waiting before the step, `was_answered`
    whether the step was an answer: that clears the clock of the reply, any other step pauses it.
    """
    target = target_of(plan, ticket.channel, factor)
    if was_answered:
        ticket.waited_minutes = 0.0
    elif ticket.waiting_since is None and waited_since is not None:
        ticket.waited_minutes += _between(ticket, hours, waited_since, now)
    if ticket.status in (Status.SOLVED, Status.CLOSED):
        ticket.waited_minutes = 0.0
    _settle_solution(ticket, target, hours, now)
    ticket.reply_due_at = None
    if ticket.waiting_since is not None and ticket.status in _RUNNING:
        whole = target.first_reply if ticket.answered_at is None else target.next_reply
        left = whole - ticket.waited_minutes
        ticket.reply_due_at = _end(ticket, hours, ticket.waiting_since, left)


def _settle_solution(ticket: Timed, target: Target, hours: WorkingHours, now: datetime) -> None:
    if ticket.status in _RUNNING:
        ticket.solving_since = ticket.solving_since or now
        left = target.solution - ticket.solving_minutes
        ticket.solution_due_at = _end(ticket, hours, ticket.solving_since, left)
        return
    if ticket.solving_since is not None:
        ticket.solving_minutes += _between(ticket, hours, ticket.solving_since, now)
    ticket.solving_since, ticket.solution_due_at = None, None


def clocks(ticket: Timed, hours: WorkingHours, now: datetime) -> tuple[Left, ...]:
    """Return the clocks that run: the reply's first, then the solution's."""
    what = "First reply" if ticket.answered_at is None else "Next reply"
    found = ((what, ticket.reply_due_at), ("Solution", ticket.solution_due_at))
    return tuple(Left(word, _left(ticket, hours, due, now), due) for word, due in found if due)


def _left(ticket: Timed, hours: WorkingHours, due: datetime, now: datetime) -> float:
    if due < now:
        return min(-_between(ticket, hours, due, now), -0.01)
    return _between(ticket, hours, now, due)


def _between(ticket: Timed, hours: WorkingHours, first: datetime, last: datetime) -> float:
    if ticket.channel in _LIVE:
        return max(0.0, (last - first).total_seconds() / 60)
    return working_minutes(hours, first, last)


def _end(ticket: Timed, hours: WorkingHours, first: datetime, minutes: float) -> datetime | None:
    """Return the end of what is left; used up already means the beginning."""
    left = max(0.0, minutes)
    if ticket.channel in _LIVE:
        return first + timedelta(minutes=left)
    return working_end(hours, first, left)
