"""What was observed of a cohort: rows for the measures and nothing else. Pure.

Everything here comes from `queries.observations` and goes into `figures`; a candidate is known
by the blind code alone, a reviewer by a number.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass

from trialsim.insights.rules.talking import Asked, Night, WorkDay
from trialsim.measurement.speed import Span
from trialsim.measurement.types import ReviewRow, TicketRow


@dataclass(frozen=True, slots=True)
class Rated:
    """Customers' ratings: how many good ones, of how many answers, of how many asked."""

    good: int
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class Reopened:
    """How many tickets were solved, and how many of them came back."""

    tickets: int
    solved: int


@dataclass(frozen=True, slots=True)
class ObservedTrial:
    """One candidate's month as far as it has gone.

    `hours_so_far` are paid hours, `timesheet` the (paid hour, trial day) points of the work
    blocks, `outcomes` those of every finished ticket: also of those nobody worked on, which have
    no place on a curve over paid hours and are no `tickets`.
    """

    trial_id: int
    code: str
    hours_so_far: float
    timesheet: tuple[tuple[float, float], ...]
    tickets: tuple[TicketRow, ...]
    outcomes: tuple[float, ...]
    spans: tuple[Span, ...]
    rated: Rated
    reopened: Reopened
    asked: tuple[Asked, ...]
    work_days: tuple[WorkDay, ...]
    nights: tuple[Night, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """One review beside its conversation, for agreement: level 1-4 by rated category."""

    ticket: str
    rater: str
    score: float
    levels: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the programme's rules say of its measures."""

    length_days: int
    paid_hours: float
    first_review_day: int
    reviews_a_week: int
    ready_line: float
    pass_line: float
    categories: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Observations:
    """Everything that measures of a cohort are made from, in a fixed order.

    `left_out` counts the tickets that a flag keeps out; nothing else here knows of them.
    """

    cohort_id: int
    day: int
    terms: Terms
    trials: tuple[ObservedTrial, ...]
    reviews: tuple[ReviewRow, ...]
    scored: tuple[Scored, ...]
    left_out: int = 0


def canonical(value: object) -> str:
    """Return a value as JSON that is the same for the same value, on every machine."""
    return json.dumps(value, default=_plain, sort_keys=True, separators=(",", ":"))


def hash_of(observations: Observations, versions: dict[str, str]) -> str:
    """Return the SHA-256 of what measures were made from, formulas' versions included."""
    text = canonical([versions, observations])
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value)]
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no place among observations")
