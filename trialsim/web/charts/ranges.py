"""Dot and range: one value with its likely range, alone or in named rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from trialsim.web.charts.drawing import (
    DROP,
    Axis,
    Dot,
    Drawing,
    Goal,
    Line,
    Mark,
    Scale,
    Words,
)

NARROWEST_BESIDE = 500.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A value with its likely range; `middle` is the cohort's."""

    value: float
    low: float
    high: float
    middle: float | None = None
    attention: bool = False


def dot_range(spot: Spot, axis: Axis, width: float = 96) -> Drawing:
    """Draw one value and its range on a bare line, 20 pixels high, to stand beside its number."""
    x = Scale(axis, 3, width - 3)
    marks: list[Mark] = [Line("g-grid", x.start, 10, x.end, 10)]
    if spot.middle is not None:
        marks.append(Line("g-goal", x(spot.middle), 3, x(spot.middle), 17))
    return Drawing(width, 20, (*marks, *_spot(spot, x, 10, 4)))


def dot_rows(
    rows: Sequence[tuple[str, Spot]], axis: Axis, goal: Goal | None = None, width: float = 700
) -> Drawing:
    """Draw named values below each other on one scale, for example a rubric's categories.

    Below 500 pixels the names stand above their lines instead of before them.
    """
    beside = width >= NARROWEST_BESIDE
    step = 34.0 if beside else 46.0
    x = Scale(axis, 150 if beside else 8, width - 44)
    foot = step * len(rows) + 6
    marks = _columns(x, foot, goal)
    for index, (name, spot) in enumerate(rows):
        top = index * step
        y = top + (23 if beside else 34)
        marks.append(Words("g-label", 0, y + DROP if beside else top + 20, name))
        marks += _spot(spot, x, y, 5)
        if spot.middle is not None:
            marks.append(Line("g-range g-range-6", x(spot.middle), y - 6, x(spot.middle), y + 6))
        marks.append(Words("g-label", width - 32, y + DROP, f"{spot.value:.0f}"))
    return Drawing(width, foot + 28, tuple(marks))


def _columns(x: Scale, foot: float, goal: Goal | None) -> list[Mark]:
    marks: list[Mark] = []
    for tick in x.axis.ticks:
        marks.append(Line("g-grid", x(tick), 6, x(tick), foot))
        marks.append(Words("g-text", x(tick), foot + 20, x.axis.label(tick), "middle"))
    if goal is not None:
        marks.append(Line("g-goal", x(goal.value), 6, x(goal.value), foot))
    return marks


def _spot(spot: Spot, x: Scale, y: float, radius: float) -> list[Mark]:
    line, dot = ("g-range g-range-2", "g-dot-2") if spot.attention else ("g-range", "g-dot")
    return [Line(line, x(spot.low), y, x(spot.high), y), Dot(dot, x(spot.value), y, radius)]
