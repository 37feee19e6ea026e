"""Who is in their working hours now, told by the clock alone and never by a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from trialsim.kit.worktime import WorkingHours, local_day

USUAL_DAYS = (0, 1, 2, 3, 4)
USUAL_START, USUAL_END = time(9), time(17)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_AHEAD = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody's own clock, whether they are in their hours, and until or from when."""

    name: str
    clock: str
    is_here: bool
    words: str


def usual_hours(
    zone: str, weekdays: Sequence[int] | None, starts: time | None, ends: time | None
) -> WorkingHours:
    """Return the hours a colleague has announced, or nine to five on weekdays."""
    days = USUAL_DAYS if weekdays is None else weekdays
    return WorkingHours(frozenset(days), starts or USUAL_START, ends or USUAL_END, zone)


def announced(weekdays: Sequence[int], starts: time, ends: time, zone: str) -> WorkingHours:
    """Return announced hours and nothing else: a pause is nobody's business and leaves no trace."""
    return WorkingHours(frozenset(weekdays), starts, ends, zone)


def presence(name: str, hours: WorkingHours, now: datetime) -> Presence:
    """Return where somebody stands in their own hours."""
    clock = f"{now.astimezone(ZoneInfo(hours.zone)):%H:%M}"
    span = next(iter(hours.spans(now, now + _AHEAD)), None)
    if span is None:
        return Presence(name, clock, is_here=False, words="no hours announced")
    opens, closes = (instant.astimezone(ZoneInfo(hours.zone)) for instant in span)
    if span[0] <= now:
        return Presence(name, clock, is_here=True, words=f"until {closes:%H:%M}")
    days = (opens.date() - local_day(now, hours.zone)).days
    when = "today" if days == 0 else "tomorrow" if days == 1 else _DAYS[opens.weekday()]
    return Presence(name, clock, is_here=False, words=f"back {when} at {opens:%H:%M}")


def here_first(people: Sequence[Presence]) -> tuple[Presence, ...]:
    """Return who is in their hours before those who are not, else in the order given."""
    return tuple(sorted(people, key=lambda one: not one.is_here))
