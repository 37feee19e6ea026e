"""Drawings follow the numbers: right places, nothing invented, labels that can be read."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialsim.web.charts import (
    SMALL,
    WIDE,
    Axis,
    Curve,
    CurveWords,
    Goal,
    Part,
    Point,
    Span,
    Spot,
    Stack,
    StripDay,
    curve,
    dot_range,
    dot_rows,
    even_axis,
    stacked_bars,
    strip,
)
from trialsim.web.charts.drawing import Box, Dot, Line, Path, Scale, Words, area, spread
from trialsim.web.charts.examples import examples

DAYS = Axis(1, 28, (1, 14, 28))
PACE = Axis(0, 100, (0, 50, 100), "%")
RISING = [Point(day, 4 * day) for day in range(4, 19)]


def words(drawing_marks: tuple[object, ...]) -> list[str]:
    return [mark.words for mark in drawing_marks if isinstance(mark, Words)]


def pixels(path: str) -> list[tuple[float, float]]:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_a_scale_puts_the_ends_of_the_axis_at_its_pixels() -> None:
    scale = Scale(PACE, 200, 0)

    assert (scale(0), scale(50), scale(100)) == (200, 100, 0)


def test_values_beyond_the_axis_stand_at_its_edge() -> None:
    scale = Scale(PACE, 200, 0)

    assert (scale(-5), scale(130)) == (200, 0)


@pytest.mark.parametrize("nothing", [float("nan"), float("inf")])
def test_what_is_not_a_number_is_never_drawn(nothing: float) -> None:
    with pytest.raises(ValueError, match="cannot draw"):
        curve(Curve([Point(1, nothing)]), DAYS, PACE)


def test_an_axis_without_width_draws_at_its_start() -> None:
    assert Scale(Axis(5, 5), 10, 90)(5) == 10


def test_a_higher_value_stands_higher_on_the_page() -> None:
    (line,) = curve(Curve(RISING), DAYS, PACE).of("g-line")

    assert isinstance(line, Path)
    heights = [y for _, y in pixels(line.d)]
    assert heights == sorted(heights, reverse=True)


def test_the_band_holds_the_line_between_its_ends() -> None:
    x, y = Scale(DAYS, 0, 270), Scale(PACE, 100, 0)

    shape = pixels(area([Span(1, 40, 60), Span(28, 70, 90)], x, y))

    assert shape == [(0, 40), (270, 10), (270, 30), (0, 60)]


def test_an_empty_band_has_no_shape() -> None:
    assert area([], Scale(DAYS, 0, 1), Scale(PACE, 1, 0)) == ""


def test_too_little_data_keeps_axes_and_goal_and_says_when_it_appears() -> None:
    drawing = curve(Curve((), goal=Goal(80, "Ready")), DAYS, PACE)

    assert "Appears after five reviewed replies" in words(drawing.marks)
    assert "100%" in words(drawing.marks)
    assert drawing.of("g-goal")
    assert not drawing.of("g-line")


def test_a_forecast_begins_only_where_it_is_given() -> None:
    without = curve(Curve(RISING), DAYS, PACE)
    with_it = curve(Curve(RISING, forecast=[Point(18, 72), Point(28, 90)]), DAYS, PACE)

    assert not without.of("g-line g-proj")
    assert with_it.of("g-line g-proj")


def test_attention_changes_the_style_of_line_band_and_dot() -> None:
    data = Curve(RISING, band=[Span(4, 1, 30), Span(18, 60, 80)], attention=True)

    styles = {mark.style for mark in curve(data, DAYS, PACE).marks}

    assert {"g-line g-line-2", "g-band-2", "g-dot-2"} <= styles
    assert not {"g-line", "g-band", "g-dot"} & styles


def test_events_are_numbered_pins_above_the_line() -> None:
    drawing = curve(Curve(RISING, events=(5, 16)), DAYS, PACE)

    assert words(drawing.of("g-pin-text")) == ["1", "2"]
    for pin, stem in zip(drawing.of("g-pin"), drawing.of("g-event"), strict=True):
        assert isinstance(pin, Dot)
        assert isinstance(stem, Line)
        assert pin.y < stem.y1


def test_a_pin_never_leaves_the_picture() -> None:
    drawing = curve(Curve([Point(1, 100), Point(28, 100)], events=(14,)), DAYS, PACE)

    (pin,) = drawing.of("g-pin")

    assert isinstance(pin, Dot)
    assert pin.y - pin.radius >= 0


def test_labels_at_the_edge_do_not_overlap() -> None:
    data = Curve(
        [Point(1, 10), Point(28, 81)],
        goal=Goal(80, "Ready"),
        others=[[Point(28, 82)]],
        words=CurveWords(end="K7 81%", others="Others"),
    )

    drawing = curve(data, DAYS, PACE)

    places = sorted(
        mark.y
        for mark in drawing.marks
        if isinstance(mark, Words) and mark.words in {"Ready", "K7 81%", "Others"}
    )
    assert places[1] - places[0] >= 13.9
    assert places[2] - places[1] >= 13.9


def test_charts_side_by_side_share_their_axes() -> None:
    low = curve(Curve([Point(1, 10)]), DAYS, PACE, SMALL).of("g-grid")
    high = curve(Curve([Point(1, 90)]), DAYS, PACE, SMALL).of("g-grid")

    assert low == high


def test_a_second_row_of_ticks_names_trial_days_below_hours() -> None:
    drawing = curve(Curve(RISING, second_ticks=((14, "day 10"),)), DAYS, PACE)

    (tick,) = [mark for mark in drawing.marks if isinstance(mark, Words) and "day" in mark.words]
    assert tick.y < WIDE.height


@given(st.lists(st.floats(0, 300), max_size=8))
def test_spread_makes_room_around_the_middle(wanted: list[float]) -> None:
    placed = spread(wanted, gap=14)

    assert all(lower - upper >= 13.8 for upper, lower in pairwise(sorted(placed)))
    assert sum(placed) == pytest.approx(sum(wanted), abs=1)


def test_spread_keeps_the_order_of_labels() -> None:
    assert spread([50, 40, 45]) == [59, 31, 45]


def test_spread_leaves_distant_labels_alone() -> None:
    assert spread([10, 60, 200]) == [10, 60, 200]


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6), st.integers(2, 8))
def test_an_even_axis_holds_its_values_in_few_equal_steps(
    low: float, width: float, steps: int
) -> None:
    axis = even_axis(low, low + width, steps=steps)

    assert axis.low <= low + 1e-6
    assert axis.high >= low + width - 1e-6
    assert 2 <= len(axis.ticks) <= 2 * steps + 3


def test_an_even_axis_has_round_ticks() -> None:
    assert even_axis(0, 23).ticks == (0, 5, 10, 15, 20, 25)


def test_dot_and_range_place_value_between_its_ends() -> None:
    drawing = dot_range(Spot(80, 70, 85, middle=60), Axis(50, 100))
    (span,) = drawing.of("g-range")
    (dot,) = drawing.of("g-dot")
    (middle,) = drawing.of("g-goal")

    assert isinstance(span, Line)
    assert isinstance(dot, Dot)
    assert isinstance(middle, Line)
    assert middle.x1 < span.x1 < dot.x < span.x2


def test_rows_stay_in_the_given_order_and_name_their_value() -> None:
    rows = [("Accurate", Spot(70, 60, 80)), ("Kind", Spot(93, 88, 96))]

    labels = words(dot_rows(rows, Axis(50, 100)).of("g-label"))

    assert labels == ["Accurate", "70", "Kind", "93"]


def test_narrow_rows_put_the_name_above_its_line() -> None:
    drawing = dot_rows([("Accurate", Spot(70, 60, 80))], Axis(50, 100), width=340)
    name = next(mark for mark in drawing.of("g-label") if isinstance(mark, Words))
    (span,) = drawing.of("g-range")

    assert isinstance(span, Line)
    assert name.y < span.y1


def test_a_strip_marks_waits_above_the_guide_and_shows_missed_check_ins() -> None:
    days = [StripDay(1, 2.0, check_in=True), StripDay(2, 4.5, check_in=False), StripDay(3)]

    drawing = strip(days, 4, last_day=28)

    assert len(drawing.of("g-fill-1")) == len(drawing.of("g-fill-2")) == 1
    assert len(drawing.of("g-fill-3")) == len(drawing.of("g-missed")) == 1


def test_an_answer_within_minutes_is_still_seen() -> None:
    (bar,) = strip([StripDay(2, 0.0)], 4, last_day=28).of("g-fill-1")

    assert isinstance(bar, Box)
    assert bar.height >= 1


def test_stacked_bars_are_as_high_as_their_sum() -> None:
    parts = [Part("Email", "g-fill-1"), Part("Forum", "g-fill-3")]
    drawing = stacked_bars([Stack("Week 1", (10, 5)), Stack("Week 2", (15, 0))], parts, PACE)
    tops = [mark.y for mark in drawing.marks if isinstance(mark, Box)]

    assert min(tops[:2]) == tops[2]


def test_a_part_of_nothing_is_neither_drawn_nor_named() -> None:
    parts = [Part("Email", "g-fill-1"), Part("Chat", "g-fill-2")]

    drawing = stacked_bars([Stack("Week 1", (3, 0), "3 h")], parts, PACE, Goal(25, "Plan"))

    assert words(drawing.of("g-label")) == ["3 h", "Email"]
    assert not drawing.of("g-fill-2")


def test_bars_refuse_an_axis_that_does_not_start_at_zero() -> None:
    with pytest.raises(ValueError, match="zero"):
        stacked_bars([], [], Axis(10, 20))


def test_every_example_stays_inside_its_picture() -> None:
    for name, drawing in examples().items():
        for mark in drawing.marks:
            if isinstance(mark, Dot):
                assert 0 <= mark.x <= drawing.width, name
                assert 0 <= mark.y <= drawing.height, name
