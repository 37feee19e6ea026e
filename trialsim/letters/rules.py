"""Forecasts, what a letter lacks, and from how many answers on a rating is told: pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

STRENGTHS, GAPS = 3, 2
FEWEST_TOLD = 5
WHOLE = 0  # the week of a rating of the whole trial
LAST_DAYS = 7


class Forecast(StrEnum):
    """Where a mentor thinks the month is heading."""

    ON_TRACK = "on_track"
    OPEN = "open"
    AT_RISK = "at_risk"


FORECAST_WORDS: Mapping[Forecast, str] = {
    Forecast.ON_TRACK: "On track",
    Forecast.OPEN: "Could go either way",
    Forecast.AT_RISK: "At risk",
}
CONFIDENCE_WORDS = ("", "a guess", "unsure", "fairly sure", "sure", "very sure")


@dataclass(frozen=True, slots=True)
class HalfWayText:
    """A half-way letter as it is written: three strengths, two gaps, a forecast.

    `change` says what would change the forecast; `confidence` is 1 to 5, none before it is chosen.
    """

    strengths: tuple[str, ...] = ("",) * STRENGTHS
    gaps: tuple[str, ...] = ("",) * GAPS
    forecast: Forecast | None = None
    change: str = ""
    confidence: int | None = None


@dataclass(frozen=True, slots=True)
class ClosingText:
    """What a candidate tells the committee, and notes on what it will read beside it."""

    body: str
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a candidate says of one week of the trial, or of the whole (0): 1 to 5, and words."""

    week: int
    score: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Ratings of one week, or of the whole trial: how many of how many answered, and their mean.

    `mean` is None below five answers: it would say what somebody answered.
    """

    week: int
    answered: int
    asked: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class Given:
    """One rating: by whom (any number), for which week, 1 to 5, and words."""

    person: int
    week: int
    score: int
    words: str


def letter_faults(text: HalfWayText) -> dict[str, str]:
    """Return what a half-way letter lacks before it can be sent, by field."""
    faults = {
        f"strength_{place}": "Please name a strength."
        for place, words in enumerate(text.strengths, start=1)
        if not words.strip()
    }
    faults |= {
        f"gap_{place}": "Please name a gap, with what would close it."
        for place, words in enumerate(text.gaps, start=1)
        if not words.strip()
    }
    if text.forecast is None:
        faults["forecast"] = "Please choose a forecast."
    if not text.change.strip():
        faults["change"] = "Please say what would change it."
    if text.confidence is None:
        faults["confidence"] = "Please say how sure you are."
    return faults


def told(given: Iterable[Given], weeks: Sequence[int], asked: int) -> tuple[Told, ...]:
    """Return what a manager reads of ratings, week by week in the order of `weeks`."""
    by_week: dict[int, list[int]] = {week: [] for week in weeks}
    for one in given:
        by_week.setdefault(one.week, []).append(one.score)
    return tuple(
        Told(week, len(scores), asked, _mean(scores)) for week, scores in by_week.items() if scores
    )


def told_words(given: Collection[Given]) -> tuple[str, ...]:
    """Return the words of ratings in an order that tells nothing, once five people answered."""
    if len({one.person for one in given}) < FEWEST_TOLD:
        return ()
    return tuple(sorted({one.words for one in given if one.words}, key=str.casefold))


def rateable(day: int, length_days: int, *, is_over: bool) -> tuple[int, ...]:
    """Return what may be rated now: this week and the one before it, the whole near the end."""
    last = (length_days - 1) // 7 + 1
    if day < 1:
        return ()
    this = min((day - 1) // 7 + 1, last)
    weeks = [week for week in (this - 1, this) if week >= 1]
    if is_over or day > length_days - LAST_DAYS:
        weeks.append(WHOLE)
    return tuple(weeks)


def _mean(scores: Sequence[int]) -> float | None:
    return sum(scores) / len(scores) if len(scores) >= FEWEST_TOLD else None
