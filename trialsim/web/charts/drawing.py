"""Marks on a plane: what a chart is made of before a template prints it. Pure; knows no page.

A style is the CSS class of the mark (`g-line`, `g-line g-line-2`); colours live in the templates.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import Literal, NamedTuple

Anchor = Literal["start", "middle", "end"]
LINE_HEIGHT = 14.0
DROP = 4.0  # from the middle of a 12 px label to its baseline


class Point(NamedTuple):
    """One value on both axes, in the units of the data."""

    x: float
    y: float


class Span(NamedTuple):
    """A likely range at one place of the x axis."""

    x: float
    low: float
    high: float


class Goal(NamedTuple):
    """A line to reach and what is written at its end."""

    value: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    style: str
    x1: float
    y1: float
    x2: float
    y2: float
    tag: Literal["line"] = "line"


@dataclass(frozen=True, slots=True)
class Path:
    """A line or an area; `d` as SVG writes it."""

    style: str
    d: str
    tag: Literal["path"] = "path"


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle."""

    style: str
    x: float
    y: float
    radius: float
    tag: Literal["circle"] = "circle"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with its corner radius."""

    style: str
    x: float
    y: float
    width: float
    height: float
    radius: float = 1.0
    tag: Literal["rect"] = "rect"


@dataclass(frozen=True, slots=True)
class Words:
    """A label; `y` is its baseline."""

    style: str
    x: float
    y: float
    words: str
    anchor: Anchor = "start"
    tag: Literal["text"] = "text"


Mark = Line | Path | Dot | Box | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished chart in pixels, marks in the order they are painted."""

    width: float
    height: float
    marks: tuple[Mark, ...]

    def of(self, style: str) -> tuple[Mark, ...]:
        """Return the marks of one style."""
        return tuple(mark for mark in self.marks if mark.style == style)


@dataclass(frozen=True, slots=True)
class Axis:
    """A range of values with its ticks; `unit` follows each tick's number."""

    low: float
    high: float
    ticks: tuple[float, ...] = ()
    unit: str = ""

    def label(self, tick: float) -> str:
        """Return a tick's words, for example ``80%``."""
        return f"{tick:g}{self.unit}"


def even_axis(low: float, high: float, *, steps: int = 5, unit: str = "") -> Axis:
    """Return an axis around values with about `steps` round steps: 1, 2, 5, 10, 20 and so on."""
    rough = max(high - low, 1e-9) / steps
    power = 10.0 ** floor(log10(rough))
    step = next(power * size for size in (1, 2, 5, 10) if power * size >= rough * 0.999)
    first, last = floor(low / step), ceil(high / step)
    ticks = tuple(round(step * index, 10) for index in range(first, max(last, first + 1) + 1))
    return Axis(ticks[0], ticks[-1], ticks, unit)


@dataclass(frozen=True, slots=True)
class Scale:
    """Places an axis between two pixels; values beyond the axis stand at its edge."""

    axis: Axis
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the pixel of a value.

        Raises:
            ValueError: for a value that is not a number, which must never look like one.
        """
        if not isfinite(value):
            raise ValueError(f"cannot draw {value}")
        inside = min(max(value, self.axis.low), self.axis.high)
        share = (inside - self.axis.low) / ((self.axis.high - self.axis.low) or 1.0)
        return round(self.start + share * (self.end - self.start), 1)


def path(points: Iterable[tuple[float, float]]) -> str:
    """Return an open line through pixels; empty for no points."""
    steps = [f"{x:g} {y:g}" for x, y in points]
    return "M" + " L".join(steps) if steps else ""


def area(spans: Sequence[Span], x: Scale, y: Scale) -> str:
    """Return the closed shape between the lower and the upper ends of likely ranges."""
    there = [(x(span.x), y(span.high)) for span in spans]
    back = [(x(span.x), y(span.low)) for span in reversed(spans)]
    return path(there + back) + " Z" if there else ""


def spread(wanted: Sequence[float], *, gap: float = LINE_HEIGHT) -> list[float]:
    """Move label baselines apart until neighbours are `gap` pixels from each other.

    Order is kept, and each crowded group stays around its own middle (isotonic regression by
    pooling neighbours, after taking away the gaps).
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    pools: list[tuple[float, int]] = []  # sum and number of the places pooled so far
    for rank, index in enumerate(order):
        total, count = wanted[index] - rank * gap, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            earlier = pools.pop()
            total, count = total + earlier[0], count + earlier[1]
        pools.append((total, count))
    starts = [total / count for total, count in pools for _ in range(count)]
    answer = [0.0] * len(wanted)
    for rank, (index, start) in enumerate(zip(order, starts, strict=True)):
        answer[index] = round(start + rank * gap, 1)
    return answer
