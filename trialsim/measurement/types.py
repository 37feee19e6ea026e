"""Rows that go into a measure and figures that come out; pages load this at start, so no numpy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

VERSION = "1"
"""Version of the formulas as a whole; a measure's card carries its own."""


class Unit(StrEnum):
    """What a figure counts."""

    POINTS = "points"  # 0-100 rubric or outcome points
    SHARE = "share"  # 0-1
    PACE = "pace"  # share of an experienced teammate's pace, may exceed 1
    MINUTES = "minutes"
    HOURS = "paid hours"
    ALPHA = "alpha"  # agreement, at most 1
    REVIEWS = "reviews"


class Call(StrEnum):
    """What may be said about two candidates; the value is the word shown and exported."""

    FIRST = "a"
    SECOND = "b"
    OPEN = "not enough evidence"
    NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True, slots=True)
class Estimate:
    """One figure with its likely range (90 %), or the reason why there is none yet.

    `value`, `low` and `high` are None together while there is not enough to say anything;
    a value without a range has only the range missing. `n` counts what the figure rests on,
    `needs_more` how many more of those would give a first figure.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    unit: Unit
    method: str
    version: str = VERSION
    caveats: tuple[str, ...] = ()
    needs_more: int | None = None

    @property
    def is_known(self) -> bool:
        """Tell whether there is a figure to show."""
        return self.value is not None


def not_yet(n: int, needed: int, unit: Unit, method: str, *caveats: str) -> Estimate:
    """Return the figure that cannot be given yet; `needed` is the n at which it could be."""
    return Estimate(
        None, None, None, n, unit, method, caveats=caveats, needs_more=max(needed - n, 1)
    )


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One drawn review of one conversation.

    `day` counts from the trial's start, fractions allowed; `score` and every category run 0-100.
    Reviews picked by hand or by rule never become a row: they would bias the level.
    """

    candidate: str
    scenario: str
    rater: str
    day: float
    score: float
    categories: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One scored ticket whose reopening window is past.

    `hours` are the paid hours worked when it closed, `middle_hours` those at the middle of its
    work (when unknown: half the minutes earlier). `block` names the stretch from clock-in to
    clock-out; empty, the calendar day stands for it. `minutes` are active minutes, reopenings
    included, a gap without action counted with ten minutes at most. `outcome` runs 0-100.
    """

    candidate: str
    scenario: str
    day: float
    block: str
    hours: float
    par_minutes: float
    minutes: float
    outcome: float
    middle_hours: float | None = None


@dataclass(frozen=True, slots=True)
class CandidateScore:
    """Reply quality of one candidate.

    `naive` is the plain mean of the scores, `level` the level on the last day on an average
    ticket with an average reviewer, `gain` the points gained between first and last day.
    """

    candidate: str
    naive: Estimate
    level: Estimate
    gain: Estimate
    reviews: int
    raters: int


@dataclass(frozen=True, slots=True)
class RaterSeverity:
    """How strict one reviewer is, in points; positive is stricter than the average reviewer.

    `fit` compares the spread of their scores around the model with everybody's: about .7-1.3 is
    usual, more is erratic, less hugs the middle. None under five reviews.
    """

    rater: str
    severity: Estimate
    fit: float | None
    reviews: int


@dataclass(frozen=True, slots=True)
class PairCall:
    """Difference a - b in points with its 90 % range and what may be said about it.

    `more_reviews`: about how many more reviews each would settle an open pair; None when the
    pair is settled, cannot be compared, or is too alike to be settled by a sensible number.
    """

    a: str
    b: str
    difference: float | None
    low: float | None
    high: float | None
    call: Call
    more_reviews: int | None = None


@dataclass(frozen=True, slots=True)
class FairScores:
    """Everything that drawn reviews say about a cohort.

    `reliability` is the share (0-1) of the spread between candidates that is not error;
    `reviews_to_reliable` how many more reviews each would bring it to .80, 0 when it is there.
    `spread` holds the standard deviations in points behind the figures, by source.
    """

    last_day: float
    candidates: Mapping[str, CandidateScore]
    raters: Mapping[str, RaterSeverity]
    scenarios: Mapping[str, Estimate]
    pairs: tuple[PairCall, ...]
    reliability: float | None
    reviews_to_reliable: int | None
    warnings: tuple[str, ...]
    spread: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One point of a curve: paid hour, trial day, estimate and 90 % band."""

    hour: float
    day: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A raw figure of one day or week, so that a misfit of the curve can be seen.

    The range is None when fewer than three tickets stand behind the dot.
    """

    hour: float
    day: float
    value: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Reached:
    """When the goal was reached, always as a range.

    `hour_low`/`day_low`: not before; None while it is unlikely to have been reached at all.
    `hour_high`/`day_high`: almost surely by then; None while the end is open.
    `probability`: that it has been reached by now (0-1).
    """

    hour_low: float | None
    hour_high: float | None
    day_low: float | None
    day_high: float | None
    probability: float


@dataclass(frozen=True, slots=True)
class Ramp:
    """Ramp-up of one candidate: the level now, its two parts, the curve and when it reached goal.

    `level` = `outcome` x `pace` / experienced outcome share. `reached` is None under 40 tickets;
    `curve` is empty while `level` is not known.
    """

    candidate: str
    goal: float
    level: Estimate
    pace: Estimate
    outcome: Estimate
    reached: Reached | None
    curve: tuple[CurvePoint, ...]
    weeks: tuple[Dot, ...]
    days: tuple[Dot, ...]
    tickets: int
    hours_so_far: float
