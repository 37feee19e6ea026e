"""Numbers to drawings: ramp curves, small multiples, dot and range, strips, bars.

Pure: no page, no request, no colour. A template prints a drawing (components/chart.html).
Nothing is drawn that is not in the data: too few points leave axes, the goal line and a sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from trialsim.web.drawing import (
    Axis,
    Box,
    Dot,
    Drawing,
    Line,
    Mark,
    Path,
    Point,
    Scale,
    Span,
    Words,
    area,
    path,
    spread,
)

DROP = 4.0  # from the middle of a 12 px label to its baseline
PIN_RADIUS = 9.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Size of a curve chart and what room its labels need, in pixels."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    dot: float = 4.0
    raw: float = 2.6


WIDE = Frame(920, 350, left=40, right=96, top=18, bottom=50)
PAPER = Frame(720, 310, left=40, right=96, top=18, bottom=50)
NARROW = Frame(340, 250, left=40, right=62, top=18, bottom=30, raw=2.0)
SMALL = Frame(292, 150, left=28, right=36, top=12, bottom=20, dot=3.5, raw=1.8)
SPARK = Frame(150, 52, left=2, right=34, top=6, bottom=8, dot=3.0)


@dataclass(frozen=True, slots=True)
class Curve:
    """One person's curve, with everything that may stand beside it; all but `line` is optional.

    `forecast` and its band lie to the right of `now`. `events` are days with a numbered pin.
    `attention` marks a curve to look at; the reason is said in words elsewhere.
    """

    line: Sequence[Point]
    band: Sequence[Span] = ()
    raw: Sequence[Point] = ()
    forecast: Sequence[Point] = ()
    forecast_band: Sequence[Span] = ()
    others: Sequence[Sequence[Point]] = ()
    events: Sequence[float] = ()
    goal: float | None = None
    now: float | None = None
    attention: bool = False
    words: "CurveWords" = field(default_factory=lambda: CurveWords())


@dataclass(frozen=True, slots=True)
class CurveWords:
    """What is written into a curve chart; an empty text leaves the label out."""

    end: str = ""
    goal: str = ""
    now: str = ""
    others: str = ""
    forecast: str = ""
    x_axis: str = ""
    empty: str = "Appears after five reviewed replies"


def curve(data: Curve, x_axis: Axis, y_axis: Axis, frame: Frame = WIDE) -> Drawing:
    """Draw one curve. Both axes are given, so that charts side by side can share them."""
    x = Scale(x_axis, frame.left, frame.width - frame.right)
    y = Scale(y_axis, frame.height - frame.bottom, frame.top)
    marks: list[Mark] = [*_grid(x, y), *_others(data, x, y)]
    if data.goal is not None:
        marks.append(Line("g-goal", x.start, y(data.goal), x.end, y(data.goal)))
    if data.line:
        marks += [*_uncertainty(data, x, y), *_time(data, x, y)]
        marks += [*_estimate(data, x, y, frame), *_pins(data, x, y)]
    else:
        middle = (x.start + x.end) / 2
        marks.append(
            Words("g-text g-halo", middle, (y.start + y.end) / 2, data.words.empty, "middle")
        )
    marks += _end_labels(data, x, y)
    if data.words.x_axis:
        marks.append(Words("g-text", x.start, frame.height - DROP, data.words.x_axis))
    return Drawing(frame.width, frame.height, tuple(marks))


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
    marks += _spot(spot, x, 10, 4)
    return Drawing(width, 20, tuple(marks))


def dot_rows(
    rows: Sequence[tuple[str, Spot]], axis: Axis, goal: float | None = None, width: float = 700
) -> Drawing:
    """Draw named values below each other on one scale, for example the rubric's categories.

    Below 500 pixels the names stand above their lines instead of before them.
    """
    beside = width >= 500  # noqa: PLR2004 (said in the docstring)
    step = 34.0 if beside else 46.0
    x = Scale(axis, 150 if beside else 8, width - 44)
    foot = step * len(rows) + 6
    marks: list[Mark] = []
    for tick in axis.ticks:
        marks.append(Line("g-grid", x(tick), 6, x(tick), foot))
        marks.append(Words("g-text", x(tick), foot + 20, axis.label(tick), "middle"))
    if goal is not None:
        marks.append(Line("g-goal", x(goal), 6, x(goal), foot))
    for index, (name, spot) in enumerate(rows):
        top = index * step
        y = top + (23 if beside else 34)
        marks.append(Words("g-label", 0, y + DROP if beside else top + 18, name))
        marks += _spot(spot, x, y, 5)
        if spot.middle is not None:
            marks.append(Line("g-range g-range-6", x(spot.middle), y - 6, x(spot.middle), y + 6))
        marks.append(Words("g-label", width - 32, y + DROP, f"{spot.value:g}"))
    return Drawing(width, foot + 28, tuple(marks))


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day of the communication strip; `hours` is none when nobody asked anything."""

    day: float
    hours: float | None = None
    check_in: bool | None = None  # kept, missed, or none that day


def strip(
    days: Sequence[StripDay], guide_hours: float, *, last_day: float, labelled: bool = False
) -> Drawing:
    """Draw own working hours until a teammate got an answer, and check-ins below.

    Bars start at zero, stop at one and a half times the guide, and are marked when above it.
    """
    width, height, base = (300.0, 64.0, 49.0) if labelled else (250.0, 52.0, 37.0)
    x = Scale(Axis(1, last_day), 4, 256 if labelled else 244)
    y = Scale(Axis(0, guide_hours * 1.5), base, 6)
    marks: list[Mark] = [
        Line("g-axis", x.start, base, x.end, base),
        Line("g-goal", x.start, y(guide_hours), x.end, y(guide_hours)),
    ]
    for day in days:
        if day.hours is not None:
            style = "g-fill-2" if day.hours > guide_hours else "g-fill-1"
            top = y(day.hours)
            marks.append(Box(style, x(day.day) - 3, top, 6, round(base - top, 1)))
        if day.check_in is not None:
            style = "g-fill-3" if day.check_in else "g-missed"
            marks.append(Box(style, x(day.day) - 4, base + 4, 8, 8, 1.5))
    if labelled:
        marks.append(Words("g-text", x.end + 8, y(guide_hours) + DROP, f"{guide_hours:g} h"))
        marks.append(Words("g-text", x.end + 8, base + 12, "check-ins"))
    return Drawing(width, height, tuple(marks))


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar made of parts, lowest first; `total` is written below its name."""

    name: str
    parts: Sequence[float]
    total: str = ""


def bars(
    stacks: Sequence[Stack], styles: Sequence[tuple[str, str]], axis: Axis, goal: str = ""
) -> Drawing:
    """Draw stacked bars from zero; `styles` names each part: (name, class), lowest first.

    The axis's `high` is the top of the plot; `goal` labels a dotted line at its last tick.
    """
    width, height = 420.0, 270.0
    y = Scale(Axis(0, axis.high), 226, 12)
    left, right = 30.0, 336.0
    marks: list[Mark] = []
    for tick in axis.ticks:
        marks.append(Line("g-grid", left, y(tick), right, y(tick)))
        marks.append(Words("g-text", left - 6, y(tick) + DROP, axis.label(tick), "end"))
    step = (right - left) / max(len(stacks), 1)
    for index, stack in enumerate(stacks):
        x = left + step * (index + 0.24)
        marks += _stacked(stack, styles, x, step * 0.52, y)
        centre = round(x + step * 0.26, 1)
        marks.append(Words("g-text", centre, y.start + 20, stack.name, "middle"))
        if stack.total:
            marks.append(Words("g-label", centre, y.start + 37, stack.total, "middle"))
    if goal and axis.ticks:
        marks.append(Line("g-goal", left, y(axis.ticks[-1]), right, y(axis.ticks[-1])))
        marks.append(Words("g-text", right + 8, y(axis.ticks[-1]) - 2, goal))
    if stacks:
        marks += _part_names(stacks[-1], styles, right + 8, y)
    return Drawing(width, height, tuple(marks))
