from dataclasses import replace

import pytest

from trialsim.measurement import wording
from trialsim.measurement.types import Call, Estimate, PairCall, Ramp, Reached, Unit, not_yet
from trialsim.measurement.wording import Verdict


def points(value: float, low: float, high: float) -> Estimate:
    return Estimate(value, low, high, 40, Unit.POINTS, "test")


def ramp(probability: float | None, low: float | None = None, high: float | None = None) -> Ramp:
    none = not_yet(3, 15, Unit.PACE, "test")
    reached = None if probability is None else Reached(low, high, low, high, probability)
    return Ramp("ada", 0.8, none, none, none, reached, (), (), (), 3, 4.0)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(81, 89, Verdict.ABOVE), (79, 91, Verdict.ABOVE), (77, 93, Verdict.OPEN)],
)
def test_above_is_said_from_nine_in_ten(low: float, high: float, expected: Verdict) -> None:
    assert wording.verdict(points(85, low, high), 80) is expected


def test_below_is_said_up_to_one_in_ten() -> None:
    assert wording.verdict_text(points(70, 64, 76), 80) == "below 80"


def test_an_open_verdict_tells_how_many_more_reviews_would_settle_it() -> None:
    text = wording.verdict_text(points(79, 70, 88), 80, 12)

    assert text == "not enough evidence yet (about 12 more reviews)"


def test_a_skewed_range_is_read_on_the_side_of_the_bar() -> None:
    lopsided = points(50, 49, 80)

    assert wording.chance_above(lopsided, 60) == pytest.approx(0.29, abs=0.01)
    assert wording.chance_above(lopsided, 45) == pytest.approx(1, abs=1e-6)


def test_without_a_figure_there_is_no_verdict() -> None:
    assert wording.verdict(not_yet(2, 5, Unit.POINTS, "test"), 80) is Verdict.OPEN


@pytest.mark.parametrize(("half", "places"), [(5, 0), (0.5, 0), (0.3, 1), (0.03, 2)])
def test_no_digit_is_finer_than_half_the_standard_error(half: float, places: int) -> None:
    assert wording.decimals(points(70, 70 - half, 70 + half)) == places


@pytest.mark.parametrize(
    ("estimate", "text"),
    [
        (points(72.4, 66.1, 78.7), "72 (likely range 66 to 79)"),
        (points(-3.2, -6.0, -0.4), "−3 (likely range −6 to 0)"),
        (replace(points(0.84, 0.7, 0.92), unit=Unit.SHARE), "84% (likely range 70% to 92%)"),
        (replace(points(75, 50, 125), unit=Unit.MINUTES), "1 h 15 (likely range 50 min to 2 h 05)"),
        (not_yet(3, 5, Unit.POINTS, "test"), "not enough yet (2 more)"),
    ],
)
def test_a_figure_is_shown_with_its_likely_range(estimate: Estimate, text: str) -> None:
    assert wording.estimate_text(estimate) == text


def test_the_ready_headline_counts_people() -> None:
    ramps = [ramp(0.95)] * 5 + [ramp(0.05)] + [ramp(0.5), ramp(None)]

    assert wording.ready_headline(ramps) == (
        "Five of eight people have reached the ready line; for two it is too early to say."
    )
    assert wording.ready_headline(ramps[5:6]) == "None of one person has reached the ready line."
    assert wording.ready_headline([]) == "Nobody has a scored ticket yet."


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (ramp(None), "too early to say"),
        (ramp(0.01), "not yet"),
        (ramp(0.6, 9.2), "not before day 9"),
        (ramp(0.99, 9.2, 15.8), "reached about day 9 to 16"),
        (ramp(0.99, 8.9, 9.1), "reached by day 10"),
    ],
)
def test_reaching_the_ready_line_is_a_range_of_days(one: Ramp, text: str) -> None:
    assert wording.reached_text(one) == text


@pytest.mark.parametrize(
    ("pair", "text"),
    [
        (
            PairCall("a", "b", -8, -12, -4, Call.SECOND),
            "Bo replies better than Ada, by 4 to 12 points.",
        ),
        (
            PairCall("a", "b", 2, -4, 8, Call.OPEN, 9),
            "Not enough evidence to tell Ada and Bo apart (about 9 more reviews each).",
        ),
        (
            PairCall("a", "b", None, None, None, Call.NOT_COMPARABLE),
            "Ada and Bo cannot be compared: no shared reviewers or scenarios.",
        ),
    ],
)
def test_two_people_are_told_apart_in_a_sentence(pair: PairCall, text: str) -> None:
    assert wording.pair_text(pair, "Ada", "Bo") == text


def test_the_trend_headline_leaves_out_whom_it_does_not_know() -> None:
    trends = [points(3, 1, 5)] * 2 + [points(1, -1, 3), not_yet(2, 8, Unit.POINTS, "test")]

    assert wording.trend_headline(trends) == "Replies are clearly improving for two of three."


@pytest.mark.parametrize(
    ("reliability", "more", "end"),
    [
        (0.86, 0, "line for deciding."),
        (0.7, 6, "about 6 more reviews each would reach it."),
        (0.1, None, "will hardly get there."),
        (None, None, "three people with reviews."),
    ],
)
def test_reliability_is_told_against_the_line(
    reliability: float | None, more: int | None, end: str
) -> None:
    assert wording.reliability_text(reliability, more).endswith(end)
