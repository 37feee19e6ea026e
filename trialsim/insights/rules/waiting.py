"""How long a customer waited for the candidate: paid time, without waiting on the customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from trialsim.insights.rules.worked import PaidTime
from trialsim.measurement.speed import Span


@dataclass(frozen=True, slots=True)
class Said:
    """One public message of a conversation: when, and whether the candidate wrote it."""

    at: datetime
    is_reply: bool


def waiting_span(
    said: Sequence[Said],
    paid: PaidTime,
    *,
    opened_at: datetime,
    solved_at: datetime | None,
    until: datetime,
) -> Span:
    """Return the paid minutes a customer waited until the last solution, or until now.

    Counted in the candidate's paid time, so that nights, days off and pauses leave no trace. A
    conversation the customer gave up on is one still open at that moment (`until`): leaving it
    out, or calling it closed, would flatter whoever lets people wait. `said` is in order of time.
    """
    end = solved_at or until
    minutes, since = 0.0, opened_at
    is_waiting = True
    for one in said:
        if one.at > end:
            break
        if one.is_reply and is_waiting:
            minutes += paid.between(since, one.at)
            is_waiting = False
        elif not one.is_reply and not is_waiting:
            since, is_waiting = one.at, True
    if is_waiting:
        minutes += paid.between(since, end)
    return Span(round(minutes, 1), is_closed=solved_at is not None)
