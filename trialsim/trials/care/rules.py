"""Pauses, the day that may be dropped, and what an accommodation changes. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from trialsim.kit.worktime import Earlier, WorkingHours, local_day, working_minutes

DROP_WITHIN_DAYS = 7
NEARLY_FULL_MINUTES = 60
_DAY = timedelta(days=1)
_USUAL_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Pause:
    """Days without work, both ends included, in the candidate's own zone."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.last - self.first).days + 1

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Allowances:
    """What an accommodation changes: clocks of waiting in percent, channels, and more days."""

    wait_percent: int = _USUAL_PERCENT
    no_chat: bool = False
    no_call: bool = False
    more_days: int = 0

    @property
    def wait_factor(self) -> float:
        """Return by how much clocks of waiting run longer; 1.0 as usual."""
        return self.wait_percent / _USUAL_PERCENT

    @property
    def is_usual(self) -> bool:
        """Whether nothing is different."""
        return self == Allowances()

    def takes(self, channel: str) -> bool:
        """Whether customers come by a channel."""
        return not (self.no_chat if channel == "chat" else channel == "call" and self.no_call)


def pauses_of(stored: Iterable[Mapping[str, str]]) -> tuple[Pause, ...]:
    """Return pauses from their stored form, in the order of time."""
    found = (
        Pause(date.fromisoformat(one["from"]), date.fromisoformat(one["to"])) for one in stored
    )
    return tuple(sorted(found, key=lambda one: one.first))


def stored_pauses(pauses: Iterable[Pause]) -> list[dict[str, str]]:
    """Return pauses in their stored form."""
    return [{"from": one.first.isoformat(), "to": one.last.isoformat()} for one in pauses]


def earlier_of(stored: Iterable[Mapping[str, Any]]) -> tuple[Earlier, ...]:
    """Return hours announced before from their stored form, the oldest first."""
    return tuple(
        Earlier(
            date.fromisoformat(one["until"]),
            frozenset(one["weekdays"]),
            time.fromisoformat(one["starts"]),
            time.fromisoformat(one["ends"]),
        )
        for one in stored
    )


def announced(  # noqa: PLR0913, PLR0917 (the columns of a trial)
    weekdays: Iterable[int],
    day_starts: time,
    day_ends: time,
    zone: str,
    pauses: Iterable[Mapping[str, str]],
    dropped_on: date | None,
    earlier: Iterable[Mapping[str, Any]],
) -> WorkingHours:
    """Return the hours a candidate has announced; pauses and a dropped day hold none."""
    off = [(one.first, one.last) for one in pauses_of(pauses)]
    if dropped_on is not None:
        off.append((dropped_on, dropped_on))
    held = (frozenset(weekdays), day_starts, day_ends, zone)
    return WorkingHours(*held, tuple(off), earlier_of(earlier))


def pause_on(pauses: Iterable[Pause], day: date) -> Pause | None:
    """Return the pause that a day lies in."""
    return next((one for one in pauses if one.holds(day)), None)


def paused_days(pauses: Iterable[Pause], until: date) -> int:
    """Return how many days up to one, it included, were paused."""
    return sum((min(one.last, until) - one.first).days + 1 for one in pauses if one.first <= until)


def paused_time(pauses: Iterable[Pause], zone: str, until: datetime) -> timedelta:
    """Return how much of the calendar until an instant was paused."""
    place, lost = ZoneInfo(zone), timedelta(0)
    for one in pauses:
        opens = datetime.combine(one.first, time(), place).astimezone(UTC)
        closes = datetime.combine(one.last + _DAY, time(), place).astimezone(UTC)
        lost += max(timedelta(0), min(closes, until) - opens)
    return lost


def moved_by(pauses: Iterable[Pause], room_days: int, allowances: Allowances) -> int:
    """Return by how many days the last day moves: as many as paused, as far as there is room."""
    paused = sum(one.days for one in pauses)
    return min(paused, max(0, room_days)) + allowances.more_days


def pause_fault(
    pause: Pause, others: Iterable[Pause], today: date, ends_on: date
) -> tuple[str, str] | None:
    """Return the field and the words of what is wrong with a pause, or nothing."""
    if pause.first < today:
        return "first", "A pause begins today or later."
    if pause.last < pause.first:
        return "last", "Please choose a last day that is not before the first."
    if pause.first > ends_on:
        return "first", "Your trial is over by then."
    if any(one.first <= pause.last and pause.first <= one.last for one in others):
        return "first", "You have a pause on one of these days already."
    return None


def cut_short(pauses: Iterable[Pause], today: date) -> tuple[Pause, ...]:
    """Return the pauses with the present one ended yesterday; it goes if it began today."""
    cut = (Pause(one.first, today - _DAY) if one.holds(today) else one for one in pauses)
    return tuple(one for one in cut if one.first <= one.last)


def may_drop(day: date, today: date, starts_on: date) -> bool:
    """Whether a day is near enough to be dropped."""
    return max(starts_on, today - DROP_WITHIN_DAYS * _DAY) <= day <= today


def kind_notes(
    hours: WorkingHours,
    now: datetime,
    *,
    worked_today: int,
    left_this_week: int,
    is_running: bool,
) -> tuple[str, ...]:
    """Return what somebody at work might want to notice, in words without reproach."""
    place, today = ZoneInfo(hours.zone), local_day(now, hours.zone)
    opens = datetime.combine(today, time(), place).astimezone(UTC)
    closes = datetime.combine(today + _DAY, time(), place).astimezone(UTC)
    agreed = round(working_minutes(hours, opens, closes))
    found = []
    if agreed and worked_today > agreed:
        found.append(
            f"You have worked {_clock(worked_today)} today, {_clock(worked_today - agreed)} over "
            "the hours you agreed. All of it counts, and none of it is expected of you."
        )
    elif is_running and not working_minutes(hours, now, now + timedelta(seconds=1)):
        found.append(
            "This is outside the hours you announced. You may work now, and nobody expects it."
        )
    if is_running and 0 < left_this_week <= NEARLY_FULL_MINUTES:
        found.append(
            f"{_clock(left_this_week)} is left of this week’s hours. "
            "The queue closes by itself then, and opens again next week."
        )
    return tuple(found)


def _clock(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02d}" if minutes >= 60 else f"{minutes} min"  # noqa: PLR2004 (an hour)
