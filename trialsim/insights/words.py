"""Frozen figures in words for pages: a value, its likely range, what it rests on."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from trialsim.insights.frozen import Json, estimate_of
from trialsim.kit.worktime import WorkingHours
from trialsim.measurement.types import Estimate, Unit
from trialsim.measurement.wording import decimals, figure, needs_text
from trialsim.web.charts import Drawing

_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure as a page shows it; without a drawing `value` says what is missing."""

    value: str
    likely: str = ""
    count: str = ""
    drawing: Drawing | None = None


def cell(stored: Json, *, counted: str = "", drawing: Drawing | None = None) -> Cell:
    """Return a stored estimate in words; `counted` names what it rests on, as in "52 rated"."""
    estimate = estimate_of(stored)
    if estimate.value is None:
        return Cell(sentence(needs_text(estimate)))
    value = figure(estimate.value, estimate.unit, decimals(estimate))
    count = f"{estimate.n} {counted}" if counted else ""
    return Cell(value, likely(estimate), count, drawing)


def likely(estimate: Estimate) -> str:
    """Return "79 to 94%"; nothing without a range."""
    low, high, unit, places = estimate.low, estimate.high, estimate.unit, decimals(estimate)
    if low is None or high is None:
        return ""
    first, last = figure(low, unit, places), figure(high, unit, places)
    return f"{first.removesuffix('%')} to {last}"


def severity_words(stored: Json) -> str:
    """Return one's own severity; positive is strict."""
    estimate = estimate_of(stored)
    value, low, high = estimate.value, estimate.low, estimate.high
    if value is None or low is None or high is None:
        more = estimate.needs_more or 1
        return f"Your own severity appears after {more} more reviews of shared candidates."
    if low <= 0 <= high:
        return "Your scores are neither clearly stricter nor clearly milder than the others’."
    word, near, far = ("stricter", low, high) if value > 0 else ("milder", -high, -low)
    return (
        f"Your scores are {figure(near, Unit.POINTS)} to {figure(far, Unit.POINTS)} points {word} "
        "than the average reviewer’s. The levels on this page have that taken out; please don’t "
        "correct for it yourself."
    )


def local_time(hours: WorkingHours, now: datetime) -> str:
    """Return "Lisbon 14:20", with "off" outside announced hours."""
    there = now.astimezone(ZoneInfo(hours.zone))
    is_on = there.weekday() in hours.weekdays and hours.start <= there.time() < hours.end
    return f"{place(hours.zone)} {there:%H:%M}{'' if is_on else ', off'}"


def place(zone: str) -> str:
    """Return the city of a zone's name: "America/New_York" gives "New York"."""
    return zone.rpartition("/")[2].replace("_", " ")


def hours_words(hours: WorkingHours) -> str:
    """Return "09:00 to 13:00, Monday to Friday"."""
    days = sorted(hours.weekdays)
    names = [_DAY_NAMES[day] for day in days]
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):  # noqa: PLR2004 (a run)
        when = f"{names[0]} to {names[-1]}"
    else:
        when = ", ".join(names[:-1]) + (" and " if names[:-1] else "") + names[-1]
    return f"{hours.start:%H:%M} to {hours.end:%H:%M}, {when}"


def paid_words(minutes: float) -> str:
    """Return working time as hours, however many: "45 min", "7 h 55", "56 h"."""
    hours, rest = divmod(max(0, round(minutes)), 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def day_words(day: int, length_days: int) -> str:
    """Return "Day 18 of 28", also before and after."""
    if day < 1:
        return "Not begun yet"
    return (
        f"Day {day} of {length_days}" if day <= length_days else f"The {length_days} days are over"
    )


def sentence(words: str) -> str:
    """Return words with a capital at the start."""
    return words[:1].upper() + words[1:]
