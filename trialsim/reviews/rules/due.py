"""By when the organisation owes what: reviews within a day of the draw, weekends not counted."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

FEEDBACK_WITHIN = timedelta(hours=24)
RESTED_AFTER = timedelta(hours=24)
_SATURDAY = 5
_DAY = timedelta(days=1)


def due_at(drawn_at: datetime, zone: str) -> datetime:
    """Return when a drawn review is owed: 24 hours of weekdays in the reviewer's own zone."""
    left, at = FEEDBACK_WITHIN, drawn_at
    while True:
        local = at.astimezone(ZoneInfo(zone))
        midnight = datetime.combine(local.date() + _DAY, datetime.min.time(), ZoneInfo(zone))
        until_midnight = midnight.astimezone(drawn_at.tzinfo) - at
        if local.weekday() < _SATURDAY:
            if left <= until_midnight:
                return at + left
            left -= until_midnight
        at += until_midnight


def is_reviewable(
    *, answered_at: datetime | None, is_over: bool, trial_is_over: bool, now: datetime
) -> bool:
    """Whether a conversation can be drawn: answered, and over or at rest for a day.

    Taking only solved ones would leave the hard ones out of the sample.
    """
    if answered_at is None:
        return False
    return is_over or trial_is_over or answered_at <= now - RESTED_AFTER
