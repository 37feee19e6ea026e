"""The strip of days: decisions over plain values."""

from dataclasses import dataclass
from datetime import date, timedelta

from trialsim.trials.care.rules import Pause, pause_on, paused_days

_DAYS_A_WEEK = 7
_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight")
_NOON, _EVENING = 12, 18
_LAST = "Last day"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the strip: state is "", done, today or off; a paused day has the number 0."""

    number: int
    words: str
    state: str
    check: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the strip is drawn from."""

    starts_on: date
    length_days: int
    training_days: int
    weekdays: frozenset[int]
    today: date
    worked_on: frozenset[date]
    pauses: tuple[Pause, ...] = ()


def strip(calendar: Calendar) -> list[Day]:
    """Return all days of a trial; a past day without work is a day off, whatever was announced."""
    dates = [calendar.starts_on + timedelta(days=place) for place in range(calendar.length_days)]
    work_days = [
        day
        for day in dates
        if day.weekday() in calendar.weekdays and pause_on(calendar.pauses, day) is None
    ]
    training = frozenset(work_days[: calendar.training_days])
    return [
        Day(_number(calendar, day), *_words_and_state(calendar, day, training)) for day in dates
    ]


def _number(calendar: Calendar, day: date) -> int:
    if pause_on(calendar.pauses, day) is not None:
        return 0
    return (day - calendar.starts_on).days + 1 - paused_days(calendar.pauses, day)


def heading(length_days: int) -> str:
    """Return ``Your four weeks``, or the days where they are no whole weeks."""
    weeks, rest = divmod(length_days, _DAYS_A_WEEK)
    if rest or weeks >= len(_NUMBERS):
        return f"Your {length_days} days"
    return f"Your {_NUMBERS[weeks]} week{'s' if weeks > 1 else ''}"


def greeting(hour: int) -> str:
    """Return the greeting for an hour of the reader's own day."""
    if hour < _NOON:
        return "Good morning"
    return "Good afternoon" if hour < _EVENING else "Good evening"


def _words_and_state(calendar: Calendar, day: date, training: frozenset[date]) -> tuple[str, str]:
    words = _words(calendar, day, training)
    if day == calendar.today:
        return "Today", "today"
    if pause_on(calendar.pauses, day) is not None:
        return "Pause", "off"
    if day in calendar.worked_on:
        return words or "Worked", "done"
    if day < calendar.today or day.weekday() not in calendar.weekdays:
        return words if words == _LAST else "Off", "off"
    return words, ""


def _words(calendar: Calendar, day: date, training: frozenset[date]) -> str:
    if day in training:
        return "Training"
    last = calendar.starts_on + timedelta(days=calendar.length_days - 1)
    return _LAST if day == last else ""
