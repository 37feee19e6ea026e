"""Until when a ticket sleeps: a few presets in the candidate's own hours, or a moment of theirs."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from trialsim.kit.worktime import WorkingHours

LONGEST_DAYS = 60
_MONDAY = 0
PRESETS: Mapping[str, str] = {
    "hour": "In an hour",
    "three": "In three hours",
    "tomorrow": "Next working day",
    "week": "Next Monday",
}


def wakes_at(preset: str, hours: WorkingHours, now: datetime) -> datetime:
    """Return when a preset ends; days begin when the candidate's own hours do.

    Raises:
        KeyError: for a preset that does not exist.
    """
    if preset in ("hour", "three"):
        return now + timedelta(hours={"hour": 1, "three": 3}[preset])
    if preset not in PRESETS:
        raise KeyError(preset)
    wanted = {_MONDAY} if preset == "week" else set(hours.weekdays) or set(range(7))
    zone = ZoneInfo(hours.zone)
    day = now.astimezone(zone).date() + timedelta(days=1)
    while day.weekday() not in wanted:
        day += timedelta(days=1)
    return datetime.combine(day, hours.start, zone).astimezone(UTC)


def moment_of(text: str, hours: WorkingHours) -> datetime | None:
    """Return a moment typed as `2026-03-05T09:30` or as a day alone, in the candidate's zone."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if len(text.strip()) <= len("2026-03-05"):
        found = datetime.combine(found.date(), hours.start)
    if found.tzinfo is not None:
        return None
    try:
        return found.replace(tzinfo=ZoneInfo(hours.zone)).astimezone(UTC)
    except (OverflowError, ValueError):  # the first and last days of the calendar
        return None


def fault(until: datetime | None, now: datetime) -> str:
    """Return why a ticket cannot sleep until then, or nothing when it can."""
    if until is None:
        return "Please choose a day and a time."
    if until <= now:
        return "This moment has passed. Please choose a later one."
    if until > now + timedelta(days=LONGEST_DAYS):
        return f"Please choose a moment within {LONGEST_DAYS} days."
    return ""
