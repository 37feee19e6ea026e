"""Scores of one candidate by category and by week: plain means and trends with their t range.

Simple on purpose. A week's mean moves with the tickets and reviewers that fell into it; with the
cohort's fair scores at hand both are taken out first, and the range is then still a little narrow
because it takes them as known.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from trialsim.measurement.intervals import mean_estimate, slope_estimate
from trialsim.measurement.types import Estimate, FairScores, ReviewRow, Unit

DAYS_A_WEEK = 7
FEWEST = 3
FEWEST_FOR_TREND = 8

_SCALE = (0.0, 100.0)
_PLAIN = "not adjusted for tickets and reviewers"

Key = TypeVar("Key", str, int)


def week_of(day: float) -> int:
    """Return the trial week of a day, from 1."""
    return int(day // DAYS_A_WEEK) + 1


def category_scores(rows: Iterable[ReviewRow]) -> dict[str, dict[str, Estimate]]:
    """Return candidate -> category -> mean score; not yet under three ratings.

    A category that does not apply to a reply is absent from its row and leaves the fraction.
    """
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for category, score in row.categories.items():
            found[row.candidate][category].append(score)
    return {name: _means(parts) for name, parts in found.items()}


def weekly_scores(
    rows: Iterable[ReviewRow], fair: FairScores | None = None
) -> dict[str, dict[int, Estimate]]:
    """Return candidate -> week -> mean score, adjusted when the fair scores are given."""
    found: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row.candidate][week_of(row.day)].append(row.score + _allowance(row, fair))
    weeks = {name: _means(parts) for name, parts in found.items()}
    if fair is None:
        return weeks
    return {
        name: {week: replace(one, method="adjusted mean", caveats=()) for week, one in own.items()}
        for name, own in weeks.items()
    }


def weekly_category_scores(
    rows: Iterable[ReviewRow],
) -> dict[str, dict[str, dict[int, Estimate]]]:
    """Return candidate -> category -> week -> mean score."""
    found: dict[str, dict[str, dict[int, list[float]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for row in rows:
        for category, score in row.categories.items():
            found[row.candidate][category][week_of(row.day)].append(score)
    return {
        name: {category: _means(weeks) for category, weeks in parts.items()}
        for name, parts in found.items()
    }


def category_trends(rows: Iterable[ReviewRow]) -> dict[str, dict[str, Estimate]]:
    """Return candidate -> category -> points gained a week, by least squares over the days.

    Not yet under eight ratings or less than a week between the first and the last.
    """
    found: dict[str, dict[str, list[tuple[float, float]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for category, score in row.categories.items():
            found[row.candidate][category].append((row.day / DAYS_A_WEEK, score))
    return {
        name: {
            category: slope_estimate(points, FEWEST_FOR_TREND) for category, points in parts.items()
        }
        for name, parts in found.items()
    }


def _means(parts: Mapping[Key, Sequence[float]]) -> dict[Key, Estimate]:
    return {key: _mean(scores) for key, scores in parts.items()}


def _mean(scores: Sequence[float]) -> Estimate:
    estimate = mean_estimate(scores, Unit.POINTS, _SCALE, FEWEST)
    return replace(estimate, caveats=(*estimate.caveats, _PLAIN))


def _allowance(row: ReviewRow, fair: FairScores | None) -> float:
    """Return the points to add for a strict reviewer and a hard scenario, as far as known."""
    if fair is None:
        return 0.0
    rater, scenario = fair.raters.get(row.rater), fair.scenarios.get(row.scenario)
    severity = rater.severity.value if rater else None
    difficulty = scenario.value if scenario else None
    return (severity or 0.0) + (difficulty or 0.0)
