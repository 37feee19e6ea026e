from dataclasses import replace

import numpy as np
import pytest

from tests.measurement.planted import COHORT, reviews
from trialsim.measurement.quality import fair_scores
from trialsim.measurement.types import Estimate, ReviewRow
from trialsim.measurement.weekly import (
    category_scores,
    category_trends,
    week_of,
    weekly_category_scores,
    weekly_scores,
)


def review(day: float, score: float, **categories: float) -> ReviewRow:
    return ReviewRow("ada", "s", "r", day, score, categories)


def test_the_eighth_day_opens_the_second_week() -> None:
    assert [week_of(day) for day in (0, 6.9, 7, 27.5)] == [1, 1, 2, 4]


def test_a_week_with_two_reviews_has_no_mean_yet() -> None:
    weeks = weekly_scores([review(1, 60), review(2, 70), *[review(8, s) for s in (50, 60, 70)]])

    assert weeks["ada"][1].needs_more == 1
    assert weeks["ada"][2].value == 60


def test_a_category_that_does_not_apply_leaves_the_mean() -> None:
    rows = [review(1, 0, kind=100), review(1, 0, kind=67), review(1, 0), review(1, 0, kind=33)]

    kind = category_scores(rows)["ada"]["kind"]

    assert (kind.n, kind.value) == (3, 200 / 3)


def test_categories_are_told_apart_by_week() -> None:
    rows = [review(1 + 7 * week, 0, kind=10 * week) for week in (0, 1) for _ in range(3)]

    weeks = weekly_category_scores(rows)["ada"]["kind"]

    assert [weeks[week].value for week in (1, 2)] == [0, 10]


def wobble(weeks: dict[str, dict[int, Estimate]]) -> float:
    steps = [(own[4].value or 0) - (own[3].value or 0) for own in weeks.values()]
    return float(np.mean(np.abs(steps)))


def test_adjusted_weeks_are_steadier_than_plain_ones() -> None:
    rows = reviews(5, replace(COHORT, per_week=20))

    assert wobble(weekly_scores(rows, fair_scores(rows))) < wobble(weekly_scores(rows))


def test_a_trend_is_points_gained_a_week() -> None:
    rows = [review(7 * week, 0, kind=50 + 5 * week) for week in range(4) for _ in range(2)]

    trend = category_trends(rows)["ada"]["kind"]

    assert trend.value == pytest.approx(5)
    assert trend.n == 8


def test_a_trend_within_a_few_days_is_not_known() -> None:
    rows = [review(day / 10, 0, kind=50 + day) for day in range(20)]

    assert not category_trends(rows)["ada"]["kind"].is_known
