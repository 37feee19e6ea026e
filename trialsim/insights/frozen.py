"""Figures as they are stored: estimates, curves and dots to JSON and back. Pure.

Numbers keep four decimals: more than any page shows, and the same on every machine.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trialsim.measurement.types import CurvePoint, Dot, Estimate, Reached, Unit

Json = dict[str, Any]  # any value that JSON holds

LONGEST_CURVE = 40
"""Points of a stored curve; a chart cannot show more of them."""

_DIGITS = 4


def rounded(value: float | None) -> float | None:
    """Return a number as it is stored."""
    return None if value is None else round(float(value), _DIGITS) + 0.0


def estimate_to_json(estimate: Estimate) -> Json:
    """Return an estimate with everything it carries."""
    return {
        "value": rounded(estimate.value),
        "low": rounded(estimate.low),
        "high": rounded(estimate.high),
        "n": estimate.n,
        "unit": str(estimate.unit),
        "method": estimate.method,
        "version": estimate.version,
        "caveats": list(estimate.caveats),
        "needs_more": estimate.needs_more,
    }


def estimate_of(stored: Mapping[str, Any]) -> Estimate:
    """Return the estimate that was stored."""
    return Estimate(
        stored["value"],
        stored["low"],
        stored["high"],
        stored["n"],
        Unit(stored["unit"]),
        stored["method"],
        stored["version"],
        tuple(stored["caveats"]),
        stored["needs_more"],
    )


def estimates_to_json(estimates: Mapping[Any, Estimate]) -> Json:
    """Return estimates by key; keys become text."""
    return {str(key): estimate_to_json(one) for key, one in sorted(estimates.items())}


def estimates_of(stored: Mapping[str, Mapping[str, Any]]) -> dict[int, Estimate]:
    """Return estimates that were stored by week, in order."""
    return {int(week): estimate_of(one) for week, one in sorted(stored.items(), key=_number)}


def curve_to_json(points: Sequence[CurvePoint]) -> list[list[float | None]]:
    """Return at most `LONGEST_CURVE` points, first and last among them."""
    return [
        [rounded(number) for number in (one.hour, one.day, one.value, one.low, one.high)]
        for one in thinned(points)
    ]


def curve_of(stored: Iterable[Sequence[float]]) -> list[CurvePoint]:
    """Return the points of a stored curve."""
    return [CurvePoint(*point) for point in stored]


def dots_to_json(dots: Iterable[Dot]) -> list[list[float | None]]:
    """Return raw figures."""
    return [
        [*map(rounded, (one.hour, one.day, one.value, one.low, one.high)), one.n] for one in dots
    ]


def reached_to_json(reached: Reached | None) -> Json | None:
    """Return when a goal was reached."""
    if reached is None:
        return None
    return {
        "hour_low": rounded(reached.hour_low),
        "hour_high": rounded(reached.hour_high),
        "day_low": rounded(reached.day_low),
        "day_high": rounded(reached.day_high),
        "probability": rounded(reached.probability),
    }


def thinned(points: Sequence[CurvePoint]) -> list[CurvePoint]:
    """Return points evenly taken from a curve, first and last among them."""
    last = len(points) - 1
    if last < LONGEST_CURVE:
        return list(points)
    steps = LONGEST_CURVE - 1
    return [points[round(last * step / steps)] for step in range(LONGEST_CURVE)]


def _number(item: tuple[str, object]) -> int:
    return int(item[0])
