"""Stacked bars from zero, each part labelled beside the last bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from trialsim.web.charts.drawing import (
    DROP,
    Axis,
    Box,
    Drawing,
    Goal,
    Line,
    Mark,
    Scale,
    Words,
    spread,
)

WIDTH, HEIGHT = 420.0, 270.0
LEFT, RIGHT, TOP, FOOT = 30.0, 336.0, 12.0, 226.0
BAR_SHARE = 0.52
SEAM = 1.4  # pixels of background between two parts


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of every bar is, and its style (`g-fill-1` to `g-fill-6`)."""

    name: str
    style: str


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar, its values in the order of the parts; `total` is written below its name."""

    name: str
    values: Sequence[float]
    total: str = ""


def stacked_bars(
    stacks: Sequence[Stack], parts: Sequence[Part], axis: Axis, goal: Goal | None = None
) -> Drawing:
    """Draw bars side by side, parts from the lowest up; the axis must start at zero."""
    if axis.low != 0:
        raise ValueError("bars start at zero")
    y = Scale(axis, FOOT, TOP)
    marks: list[Mark] = []
    for tick in axis.ticks:
        marks.append(Line("g-grid", LEFT, y(tick), RIGHT, y(tick)))
        marks.append(Words("g-text", LEFT - 6, y(tick) + DROP, axis.label(tick), "end"))
    step = (RIGHT - LEFT) / max(len(stacks), 1)
    for index, stack in enumerate(stacks):
        centre = round(LEFT + step * (index + 0.5), 1)
        marks += _bar(stack, parts, centre, step * BAR_SHARE, y)
    if goal is not None:
        marks.append(Line("g-goal", LEFT, y(goal.value), RIGHT, y(goal.value)))
    return Drawing(WIDTH, HEIGHT, (*marks, *_names(stacks, parts, y, goal)))


def _bar(stack: Stack, parts: Sequence[Part], centre: float, width: float, y: Scale) -> list[Mark]:
    marks: list[Mark] = []
    tops = list(accumulate(stack.values))
    for part, value, top in zip(parts, stack.values, tops, strict=True):
        if value > 0:
            height = max(y(top - value) - y(top) - SEAM, 0.5)
            left = round(centre - width / 2, 1)
            marks.append(Box(part.style, left, y(top), round(width, 1), round(height, 1), 1.5))
    marks.append(Words("g-text", centre, FOOT + 20, stack.name, "middle"))
    if stack.total:
        marks.append(Words("g-label", centre, FOOT + 37, stack.total, "middle"))
    return marks


def _names(
    stacks: Sequence[Stack], parts: Sequence[Part], y: Scale, goal: Goal | None
) -> list[Mark]:
    wanted: list[tuple[float, str, str]] = []
    if goal is not None and goal.words:
        wanted.append((y(goal.value), "g-text", goal.words))
    if stacks:
        tops = accumulate(stacks[-1].values)
        for part, value, top in zip(parts, stacks[-1].values, tops, strict=True):
            if value > 0:
                wanted.append((y(top - value / 2), "g-label", part.name))
    placed = spread([place for place, _, _ in wanted])
    return [
        Words(style, RIGHT + 8, pixel + DROP, words)
        for (_, style, words), pixel in zip(wanted, placed, strict=True)
    ]
