"""How values read on a page: times in the reader's zone, durations, money."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask

from trialsim.kit.languages import language_name
from trialsim.kit.text import excerpt, initials
from trialsim.web.context import now, zone

_MARK = re.compile(r"[ ]*\{#[\w-]+\}")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_SIGNS = re.compile(r"[#*_`>]+")
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "KRW": "₩"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Register the filters for templates."""
    for name, kind in {
        "clock_time": clock_time,
        "day": day,
        "moment": moment,
        "ago": ago,
        "duration": duration,
        "worked": worked,
        "money": money,
        "excerpt": excerpt,
        "initials": initials,
        "iso": iso,
        "language": language_name,
        "plural": plural,
        "together": together,
        "avatar_tone": avatar_tone,
        "plain": plain,
        "without_marks": without_marks,
    }.items():
        app.jinja_env.filters[name] = kind


def local(instant: datetime) -> datetime:
    """Return an instant in the reader's zone."""
    return instant.astimezone(ZoneInfo(zone()))


def clock_time(instant: datetime) -> str:
    """Return ``14:05`` in the reader's zone."""
    return f"{local(instant):%H:%M}"


def day(value: date | datetime) -> str:
    """Return ``10 November``, with the year when it is not this one."""
    shown = local(value) if isinstance(value, datetime) else value
    text = f"{shown.day} {_MONTHS[shown.month - 1]}"
    return text if shown.year == local(now()).year else f"{text} {shown.year}"


def moment(instant: datetime) -> str:
    """Return the time today, else weekday, day and time."""
    shown, today = local(instant), local(now())
    if shown.date() == today.date():
        return f"{shown:%H:%M}"
    return f"{shown:%a} {shown.day} {_MONTHS[shown.month - 1][:3]} {shown:%H:%M}"


def iso(value: date | datetime) -> str:
    """Return the machine's form, for `time` elements."""
    return value.isoformat()


def ago(instant: datetime) -> str:
    """Return how long ago an instant was, as a duration."""
    return duration((now() - instant).total_seconds() / 60)


def duration(minutes: float) -> str:
    """Return ``34 min``, ``7 h 55`` or ``3 days``; never negative."""
    whole = max(0, round(minutes))
    hours, rest = divmod(whole, 60)
    if hours >= 48:  # noqa: PLR2004 (two days read better as days)
        return f"{hours // 24} days"
    if hours:
        return f"{hours} h {rest:02}" if rest else f"{hours} h"
    return f"{rest} min"


def worked(minutes: float) -> str:
    """Return paid time in hours, however long: ``56 h`` or ``7 h 55``; never days."""
    hours, rest = divmod(max(0, round(minutes)), 60)
    return f"{hours} h {rest:02}" if hours and rest else f"{hours} h" if hours else f"{rest} min"


def money(cents: int, currency: str = "EUR") -> str:
    """Return ``€588.00``."""
    sign = _SYMBOLS.get(currency, f"{currency} ")
    return f"{sign}{cents / 100:,.2f}"


def together(names: Sequence[str]) -> str:
    """Return ``Amara, Jun-seo and Tomasz``."""
    *first, last = names or ("",)
    return f"{', '.join(first)} and {last}" if first else last


def plural(count: int, one: str, many: str = "") -> str:
    """Return ``1 review`` or ``3 reviews``."""
    return f"{count} {one if count == 1 else (many or one + 's')}"


def avatar_tone(name: str) -> int:
    """Return 1 to 5, always the same for a name: the avatar's colour."""
    return sum(name.encode()) % 5 + 1


def without_marks(text: str) -> str:
    """Return a document without the `{#anchor}` marks of its headings."""
    return _MARK.sub("", text)


def plain(text: str) -> str:
    """Return Markdown as one run of plain words, for excerpts."""
    return _SIGNS.sub("", _LINK.sub(r"\1", without_marks(text)))
