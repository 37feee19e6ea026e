"""Working hours across time zones: how much of somebody's own time lies between two instants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Hours that held before a day, the first on which others hold."""

    until: date
    weekdays: frozenset[int]
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The hours somebody has announced: weekdays (Monday 0), local start and end, zone name.

    `off` are stretches of days, both ends included, on which nobody expects them; `earlier` the
    hours of days gone by, the oldest first, so that a change does not reach back.
    """

    weekdays: frozenset[int]
    start: time
    end: time
    zone: str
    off: tuple[tuple[date, date], ...] = ()
    earlier: tuple[Earlier, ...] = ()

    def is_work_day(self, day: date) -> bool:
        """Whether somebody had announced to work on a calendar day of their own."""
        is_off = any(first <= day <= last for first, last in self.off)
        return not is_off and self.is_announced(day)

    def is_announced(self, day: date) -> bool:
        """Whether a day's weekday is one of theirs, also while they are off."""
        return day.weekday() in self._on(day).weekdays

    def _on(self, day: date) -> "Earlier | WorkingHours":
        """Return the hours that hold on a day."""
        return next((one for one in self.earlier if day < one.until), self)

    def spans(self, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the announced working spans that touch [first, last], cut to it."""
        zone = ZoneInfo(self.zone)
        day = first.astimezone(zone).date()
        until = last.astimezone(zone).date()
        while day <= until:
            if self.is_work_day(day):
                held = self._on(day)
                opens = max(datetime.combine(day, held.start, zone).astimezone(first.tzinfo), first)
                closes = min(datetime.combine(day, held.end, zone).astimezone(first.tzinfo), last)
                if opens < closes:
                    yield opens, closes
            day += _DAY


def working_minutes(hours: WorkingHours, first: datetime, last: datetime) -> float:
    """Return the minutes of somebody's own hours between two aware instants; 0 when reversed."""
    spans = hours.spans(first, last)
    return sum(((end - start).total_seconds() / 60 for start, end in spans), 0.0)


def working_end(hours: WorkingHours, first: datetime, minutes: float) -> datetime | None:
    """Return when so many minutes of somebody's own hours have passed since an aware instant.

    None when the next eight weeks do not hold that many, as with no weekday announced.
    """
    left = timedelta(minutes=minutes)
    for opens, closes in hours.spans(first, first + 8 * timedelta(days=7)):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    return None


def local_day(instant: datetime, zone: str) -> date:
    """Return the calendar day somebody in `zone` writes on that instant."""
    return instant.astimezone(ZoneInfo(zone)).date()
