import pytest

from trialsim.measurement import planning


@pytest.mark.parametrize(("reviews", "expected"), [(10, 0.71), (20, 0.82), (40, 0.90)])
def test_expected_reliability_follows_the_simulated_cohorts(reviews: int, expected: float) -> None:
    assert planning.expected_reliability(reviews) == pytest.approx(expected, abs=0.015)


def test_ten_reviews_a_week_are_reliable_about_day_thirteen() -> None:
    assert planning.reliable_day(10) == 13
    assert planning.reliable_day(10, first_day=3) == 16
    assert planning.reliable_day(0) is None


def test_the_reviews_asked_for_bring_reliability_to_the_line() -> None:
    more = planning.reviews_to_reliable(0.7, 12)

    assert more is not None
    assert planning.reliability_after(0.7, 12, more) >= 0.80
    assert planning.reliability_after(0.7, 12, more - 1) < 0.80


def test_nothing_more_is_asked_for_once_reliable() -> None:
    assert planning.reviews_to_reliable(0.85, 40) == 0


@pytest.mark.parametrize("now", [None, 0.0, 0.05])
def test_a_line_out_of_reach_has_no_number(now: float | None) -> None:
    assert planning.reviews_to_reliable(now, 20) is None
