"""The recorded values are scipy 1.17's."""

import math

import pytest

from trialsim.measurement import intervals
from trialsim.measurement.types import Unit


@pytest.mark.parametrize(
    ("share", "df", "expected"),
    [
        (0.95, 1, 6.313751514675037),
        (0.95, 3, 2.3533634348018233),
        (0.95, 19, 1.7291328115213682),
        (0.975, 10, 2.228138851986274),
        (0.95, 250, 1.650971489812858),
        (0.05, 4, -2.131846786326651),
        (0.995, 2.5, 7.163728138948783),
    ],
)
def test_t_quantile_agrees_with_recorded_values(share: float, df: float, expected: float) -> None:
    assert intervals.t_quantile(share, df) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("t", "df", "expected"),
    [
        (1.3, 4, 0.868274201764388),
        (-2.2, 11, 0.02504305549090214),
        (0, 3, 0.5),
        (5, 1, 0.9371670418109987),
        (0.7, 1000, 0.7579549430036988),
    ],
)
def test_t_distribution_agrees_with_recorded_values(t: float, df: float, expected: float) -> None:
    assert intervals.t_cdf(t, df) == pytest.approx(expected, abs=1e-10)


def test_t_becomes_normal_with_many_degrees_of_freedom() -> None:
    assert intervals.t_quantile(0.95, 1e7) == pytest.approx(intervals.normal_quantile(0.95))


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (8, 10, 0.5407928056874879, 0.9314420122624679),
        (0, 12, 0.0, 0.18398119474747693),
        (30, 30, 0.9172756918749008, 1.0),
        (47, 61, 0.6715854539738505, 0.8464228418627427),
    ],
)
def test_wilson_agrees_with_recorded_values(
    successes: int, n: int, low: float, high: float
) -> None:
    assert intervals.wilson(successes, n) == pytest.approx((low, high), abs=1e-12)


def test_share_of_nothing_is_not_known_yet() -> None:
    estimate = intervals.share_estimate(0, 0)

    assert (estimate.value, estimate.low, estimate.high) == (None, None, None)
    assert estimate.needs_more == 1


def test_mean_range_is_the_textbook_one() -> None:
    estimate = intervals.mean_estimate([60, 70, 80, 90], Unit.POINTS, (0, 100))

    half = 2.3533634348018233 * math.sqrt(500 / 3) / 2
    assert (estimate.low, estimate.high) == pytest.approx((75 - half, 75 + half))


def test_mean_range_stays_on_the_scale() -> None:
    estimate = intervals.mean_estimate([100, 100, 40], Unit.POINTS, (0, 100))

    assert estimate.high == 100


def test_mean_of_equal_values_warns_that_its_range_says_little() -> None:
    assert intervals.mean_estimate([67, 67, 67], Unit.POINTS, (0, 100)).caveats


def test_two_values_have_no_mean_to_show() -> None:
    assert not intervals.mean_estimate([60, 70], Unit.POINTS, (0, 100)).is_known


@pytest.mark.parametrize(("n", "ranks"), [(4, None), (5, (0, 4)), (8, (1, 6)), (20, (5, 14))])
def test_median_ranks_are_those_of_the_binomial(n: int, ranks: tuple[int, int] | None) -> None:
    assert intervals.median_ranks(n) == ranks
