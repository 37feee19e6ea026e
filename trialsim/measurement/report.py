"""Fair scores for reviews made anywhere, as the structure that `measure --json` prints.

A figure that cannot be given is null, and a warning says why. Points run 0-100, ranges are 90 %.
"""

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

from trialsim.measurement.quality import fair_scores
from trialsim.measurement.ramp import REACHED_TICKETS, ramp_curves
from trialsim.measurement.types import (
    CandidateScore,
    Estimate,
    FairScores,
    PairCall,
    Ramp,
    RaterSeverity,
    ReviewRow,
    TicketRow,
)

DEFAULT_CAP_HOURS = 80.0
"""Paid hours of a whole programme (four weeks of 20) when tickets come without one."""

_DIGITS = 4


class CandidateFigures(TypedDict):
    """Plain mean, and level on the last day with its range."""

    naive: float | None
    level: float | None
    low: float | None
    high: float | None
    reviews: int


class RaterFigures(TypedDict):
    """Severity, positive for a strict rater."""

    severity: float | None
    low: float | None
    high: float | None


class ScenarioFigures(TypedDict):
    """Difficulty, positive for a hard scenario."""

    difficulty: float | None


class PairFigures(TypedDict):
    """Difference a - b and what may be said."""

    a: str
    b: str
    difference: float | None
    low: float | None
    high: float | None
    call: str


class RampFigures(TypedDict):
    """Level in percent of an experienced pace; reached in paid hours; chance 0-1."""

    level: float | None
    low: float | None
    high: float | None
    reached_low: float | None
    reached_high: float | None
    p_reached: float | None
    tickets: int


class MeasureReport(TypedDict):
    """The whole structure; `ramp` is there when tickets were given."""

    candidates: dict[str, CandidateFigures]
    raters: dict[str, RaterFigures]
    scenarios: dict[str, ScenarioFigures]
    pairs: list[PairFigures]
    warnings: list[str]
    reliability: float | None
    ramp: NotRequired[dict[str, RampFigures]]


def measure_report(
    reviews: Sequence[ReviewRow],
    tickets: Sequence[TicketRow] | None = None,
    cap_hours: float | None = None,
) -> MeasureReport:
    """Return fair scores and, with tickets, ramps.

    `cap_hours` are the programme's paid hours; if not given 80, or the latest hour beyond that.
    """
    scores = fair_scores(reviews)
    report = _quality(scores)
    if tickets is not None:
        hours = cap_hours or max([DEFAULT_CAP_HOURS, *(row.hours for row in tickets)])
        ramps = ramp_curves(tickets, hours)
        report["ramp"] = {name: _ramp(ramp) for name, ramp in ramps.items()}
        report["warnings"] += _ramp_warnings(ramps)
    return report


def _quality(scores: FairScores) -> MeasureReport:
    warnings = [*scores.warnings]
    if scores.reliability is None:
        warnings.append("Reliability: not known, it needs at least three candidates.")
    if len(scores.scenarios) == 1:
        warnings.append("Difficulty: not known, there is one scenario.")
    return {
        "candidates": {name: _candidate(one) for name, one in scores.candidates.items()},
        "raters": {name: _rater(one) for name, one in scores.raters.items()},
        "scenarios": {
            name: {"difficulty": _rounded(one.value)} for name, one in scores.scenarios.items()
        },
        "pairs": [_pair(pair) for pair in scores.pairs],
        "warnings": warnings,
        "reliability": _rounded(scores.reliability),
    }


def _candidate(one: CandidateScore) -> CandidateFigures:
    value, low, high = _figures(one.level)
    return {
        "naive": _rounded(one.naive.value),
        "level": value,
        "low": low,
        "high": high,
        "reviews": one.reviews,
    }


def _rater(one: RaterSeverity) -> RaterFigures:
    value, low, high = _figures(one.severity)
    return {"severity": value, "low": low, "high": high}


def _pair(pair: PairCall) -> PairFigures:
    return {
        "a": pair.a,
        "b": pair.b,
        "difference": _rounded(pair.difference),
        "low": _rounded(pair.low),
        "high": _rounded(pair.high),
        "call": pair.call.value,
    }


def _ramp(ramp: Ramp) -> RampFigures:
    value, low, high = _figures(ramp.level, 100)
    reached = ramp.reached
    return {
        "level": value,
        "low": low,
        "high": high,
        "reached_low": _rounded(reached.hour_low) if reached else None,
        "reached_high": _rounded(reached.hour_high) if reached else None,
        "p_reached": _rounded(reached.probability) if reached else None,
        "tickets": ramp.tickets,
    }


def _ramp_warnings(ramps: Mapping[str, Ramp]) -> list[str]:
    if not ramps:
        return ["There are no tickets to go by."]
    said = ((name, _ramp_warning(ramp)) for name, ramp in ramps.items())
    return [f"{name}: {warning}." for name, warning in said if warning]


def _ramp_warning(ramp: Ramp) -> str | None:
    """Return why a figure of this ramp is null."""
    goal = f"{ramp.goal:.0%} of an experienced pace"
    if not ramp.level.is_known:
        return f"no ramp yet, it {'; '.join(ramp.level.caveats)}"
    if ramp.reached is None:
        return (
            f"{ramp.tickets} of the {REACHED_TICKETS} tickets needed to say when {goal} was reached"
        )
    if ramp.reached.hour_low is None:
        return f"{goal} very likely not reached yet"
    if ramp.reached.hour_high is None:
        return f"not sure that {goal} has been reached, so the range has no upper end"
    return None


def _figures(
    estimate: Estimate, scale: float = 1
) -> tuple[float | None, float | None, float | None]:
    return (
        _rounded(estimate.value, scale),
        _rounded(estimate.low, scale),
        _rounded(estimate.high, scale),
    )


def _rounded(value: float | None, scale: float = 1) -> float | None:
    return None if value is None else round(value * scale, _DIGITS)
