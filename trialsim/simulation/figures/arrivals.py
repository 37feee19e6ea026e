"""When customers of a whole desk write: weekdays by kind of matter, hours by where they live.

Weights by weekday: 600 dated openings of real support. By hour: shaped so that customers of the
invented zones together keep near the real curve (most at 19 to 21 UTC, fewest at 6 to 8).
"""

import functools
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

WEEKDAYS = (0.147, 0.150, 0.147, 0.147, 0.147, 0.138, 0.125)  # from Monday
# What firms write about rather than people; on weekends half as often. [assumed]
BUSINESS_AREAS = ("billing", "domains", "migration", "privacy")
WEEKEND = (5, 6)
_BUSINESS_WEEKEND = 0.5
# Relative weights of the hours of a day where the customer lives, from midnight.
_LOCAL_HOURS = (
    *(8, 4, 2, 1, 1, 1, 2, 5, 10, 16, 24, 30),
    *(34, 38, 42, 47, 54, 60, 66, 70, 68, 56, 36, 18),
)
_HOURS = 24
_SECONDS = 3600


def arrival(draw: Random, *, start: date, days: int, area: str, zone: str) -> datetime:
    """Draw an instant in UTC, to the second, on one of `days` days from `start` on.

    Days are those of UTC, the hour is one of the customer's own day. `zone` is an IANA name.
    """
    day = start + timedelta(days=draw.choices(range(days), _day_weights(start, days, area))[0])
    hour = draw.choices(range(_HOURS), _LOCAL_HOURS)[0]
    local = datetime(day.year, day.month, day.day, hour, tzinfo=_zone(zone))
    second = draw.randrange(_SECONDS)
    moment = local.astimezone(UTC).replace(year=day.year, month=day.month, day=day.day)
    return moment.replace(minute=second // 60, second=second % 60)


@functools.lru_cache(maxsize=64)
def _day_weights(start: date, days: int, area: str) -> tuple[float, ...]:
    """Return the weight of each day of a month for a matter of an area."""
    weekend = _BUSINESS_WEEKEND if area in BUSINESS_AREAS else 1.0
    weekdays = [(start + timedelta(days=day)).weekday() for day in range(days)]
    return tuple(WEEKDAYS[one] * (weekend if one in WEEKEND else 1.0) for one in weekdays)


@functools.lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
