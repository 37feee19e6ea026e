from trialsim.measurement.speed import Span, answer_time, reopened_share, time_to_close


def closed(*minutes: float) -> list[Span]:
    return [Span(one, is_closed=True) for one in minutes]


def still_open(*minutes: float) -> list[Span]:
    return [Span(one, is_closed=False) for one in minutes]


def test_without_open_tickets_the_median_is_the_middle_one() -> None:
    assert time_to_close(closed(*range(1, 22))).value == 11


def test_the_curve_is_kaplan_and_meiers() -> None:
    # By hand: 6/7 after 10, 5/7 after 20, open at 25, then 3/4, 2/4 ... of 5/7: .536, .357.
    spans = closed(10, 20, 30, 40, 50, 60) + still_open(25)

    assert time_to_close(spans).value == 40


def test_open_tickets_lengthen_the_time_to_close() -> None:
    short = closed(10, 20, 30, 40, 50, 60, 70)

    with_open = time_to_close(short + still_open(65, 66, 67, 68)).value
    without = time_to_close(short).value
    assert with_open is not None
    assert without is not None
    assert with_open > without


def test_there_is_no_median_while_most_tickets_are_open() -> None:
    estimate = time_to_close(closed(1, 2, 3, 4, 5) + still_open(*[100] * 20))

    assert estimate.value is None
    assert "more than half" in estimate.caveats[0]


def test_four_closed_tickets_are_not_enough() -> None:
    estimate = time_to_close(closed(1, 2, 3, 4) + still_open(5))

    assert estimate.value is None
    assert estimate.needs_more == 1


def test_an_open_upper_end_is_told() -> None:
    estimate = time_to_close(closed(10, 20, 30, 40, 50, 60) + still_open(*[70] * 4))

    assert estimate.high == 70
    assert "upper end is open" in estimate.caveats[0]


def test_the_range_brackets_the_median_and_narrows_with_tickets() -> None:
    few, many = time_to_close(closed(*range(1, 22))), time_to_close(closed(*range(1, 402)))

    for estimate in (few, many):
        assert estimate.low is not None
        assert estimate.value is not None
        assert estimate.high is not None
        assert estimate.low < estimate.value < estimate.high
    assert ((many.high or 0) - (many.low or 0)) / 400 < ((few.high or 0) - (few.low or 0)) / 20


def test_answers_have_a_median_with_binomial_range() -> None:
    estimate = answer_time(range(1, 9))

    assert (estimate.low, estimate.value, estimate.high) == (2, 4.5, 7)


def test_four_answers_have_no_median() -> None:
    assert answer_time([1, 2, 3, 4]).value is None


def test_reopened_is_a_share_of_solved() -> None:
    estimate = reopened_share(3, 30)

    assert estimate.value == 0.1
    assert (estimate.low or 0) > 0.03
