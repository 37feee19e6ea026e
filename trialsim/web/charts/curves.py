"""A curve with its likely range: the ramp-up chart, small multiples and sparklines."""

from collections.abc import Sequence
from dataclasses import dataclass

from trialsim.web.charts.drawing import (
    DROP,
    LINE_HEIGHT,
    Axis,
    Dot,
    Drawing,
    Goal,
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

PIN_RADIUS = 9.0
PIN_ABOVE = 40.0
PIN_APART = 2 * PIN_RADIUS + 3
BESIDE = 8.0
MARGIN_LABEL = 40.0  # a line that ends this close to the edge shares the margin's labels


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
    bare: bool = False  # no axis words and only the goal behind the line


WIDE = Frame(920, 350, left=40, right=108, top=18, bottom=50)
PAPER = Frame(720, 310, left=40, right=108, top=18, bottom=50)
NARROW = Frame(340, 250, left=40, right=62, top=18, bottom=30, raw=2.0)
SMALL = Frame(292, 150, left=32, right=46, top=12, bottom=20, dot=3.5, raw=1.8)
SPARK = Frame(150, 52, left=2, right=34, top=6, bottom=8, dot=3.0, bare=True)


@dataclass(frozen=True, slots=True)
class CurveWords:
    """What is written into a curve chart; an empty text leaves the label out."""

    end: str = ""
    now: str = ""
    others: str = ""
    forecast: str = ""
    x_axis: str = ""
    empty: str = "Appears after five reviewed replies"


@dataclass(frozen=True, slots=True)
class Curve:
    """One person's curve, with everything that may stand beside it; all but `line` is optional.

    `forecast` and its band lie to the right of `now`. `events` are places with a numbered pin.
    `second_ticks` is a second row of places and words below the axis (trial days below paid hours).
    `attention` marks a curve to look at; the reason is said in words elsewhere.
    """

    line: Sequence[Point]
    band: Sequence[Span] = ()
    raw: Sequence[Point] = ()
    forecast: Sequence[Point] = ()
    forecast_band: Sequence[Span] = ()
    others: Sequence[Sequence[Point]] = ()
    events: Sequence[float] = ()
    second_ticks: Sequence[tuple[float, str]] = ()
    goal: Goal | None = None
    now: float | None = None
    attention: bool = False
    words: CurveWords = CurveWords()


def curve(data: Curve, x_axis: Axis, y_axis: Axis, frame: Frame = WIDE) -> Drawing:
    """Draw one curve. Both axes are given, so that charts side by side can share them."""
    x = Scale(x_axis, frame.left, frame.width - frame.right)
    y = Scale(y_axis, frame.height - frame.bottom, frame.top)
    marks: list[Mark] = [] if frame.bare else _grid(x, y)
    marks += _ticks(data.second_ticks, x, y.start + 33)
    marks += [Path("g-line g-line-6", _through(line, x, y)) for line in data.others if line]
    if data.goal is not None:
        marks.append(Line("g-goal", x.start, y(data.goal.value), x.end, y(data.goal.value)))
    if data.line:
        marks += _uncertainty(data, x, y) + _present(data, x, y) + _estimate(data, x, y, frame)
        marks += _pins(data, x, y)
    else:
        marks.append(_empty(data, x, y))
    marks += _at_the_end(data, x, y, frame)
    if data.words.x_axis:
        marks.append(Words("g-text", x.start, frame.height - DROP, data.words.x_axis))
    return Drawing(frame.width, frame.height, tuple(marks))


def _empty(data: Curve, x: Scale, y: Scale) -> Mark:
    """Say when there will be a line: in the middle, or below a goal line that runs there."""
    middle = (y.start + y.end) / 2
    if data.goal is not None and abs(y(data.goal.value) + DROP - middle) < LINE_HEIGHT:
        middle = y(data.goal.value) + LINE_HEIGHT + DROP
    return Words("g-text g-halo", (x.start + x.end) / 2, middle, data.words.empty, "middle")


def _grid(x: Scale, y: Scale) -> list[Mark]:
    marks: list[Mark] = []
    for tick in y.axis.ticks:
        marks.append(Line("g-grid", x.start, y(tick), x.end, y(tick)))
        marks.append(Words("g-text", x.start - BESIDE, y(tick) + DROP, y.axis.label(tick), "end"))
    return marks + _ticks([(tick, x.axis.label(tick)) for tick in x.axis.ticks], x, y.start + 18)


def _ticks(ticks: Sequence[tuple[float, str]], x: Scale, baseline: float) -> list[Mark]:
    return [Words("g-text", x(place), baseline, words, "middle") for place, words in ticks]


def _uncertainty(data: Curve, x: Scale, y: Scale) -> list[Mark]:
    marks: list[Mark] = []
    if data.band:
        marks.append(Path("g-band-2" if data.attention else "g-band", area(data.band, x, y)))
    if data.forecast_band:
        marks.append(Path("g-band-6", area(data.forecast_band, x, y)))
    if data.forecast:
        marks.append(Path(_line_style(data) + " g-proj", _through(data.forecast, x, y)))
    return marks


def _present(data: Curve, x: Scale, y: Scale) -> list[Mark]:
    if data.now is None:
        return []
    today = x(data.now)
    marks: list[Mark] = [Line("g-now", today, y.end, today, y.start)]
    return [*marks, Words("g-text", today, y.end - 6, data.words.now or "Today", "middle")]


def _estimate(data: Curve, x: Scale, y: Scale, frame: Frame) -> list[Mark]:
    raw = "g-raw-2" if data.attention else "g-raw"
    last = data.line[-1]
    return [
        *(Dot(raw, x(point.x), y(point.y), frame.raw) for point in data.raw),
        Path(_line_style(data), _through(data.line, x, y)),
        Dot("g-dot-2" if data.attention else "g-dot", x(last.x), y(last.y), frame.dot),
    ]


def _pins(data: Curve, x: Scale, y: Scale) -> list[Mark]:
    """Number what happened, above the line; the list below the chart says what it was."""
    marks: list[Mark] = []
    placed: list[tuple[float, float]] = []
    for number, place in enumerate(data.events, start=1):
        nearest = min(data.line, key=lambda point: abs(point.x - place))
        foot = y(nearest.y)
        crowd = [there for beside, there in placed if abs(beside - x(place)) < PIN_APART]
        top = max(
            min([foot - PIN_ABOVE, *(there - PIN_APART for there in crowd)]), y.end + PIN_RADIUS
        )
        placed.append((x(place), top))
        marks.append(Line("g-event", x(place), foot, x(place), top))
        marks.append(Dot("g-pin", x(place), top, PIN_RADIUS))
        marks.append(Words("g-pin-text", x(place), top + DROP, str(number), "middle"))
    return marks


def _at_the_end(data: Curve, x: Scale, y: Scale, frame: Frame) -> list[Mark]:
    """Label each line where it ends; labels in the margin are moved apart where they overlap."""
    style = "g-label g-halo" if frame.dot < WIDE.dot else "g-label-1 g-halo"
    words, ends = data.words, data.forecast or data.line
    wanted: list[tuple[float, float, str, str]] = []
    if ends:
        end = x(ends[-1].x), y(ends[-1].y)
        wanted += [(*end, style, words.end), (end[0], end[1] + 1, "g-text g-halo", words.forecast)]
    if data.goal is not None:
        wanted.append((x.end, y(data.goal.value), "g-text", data.goal.words))
    others = sorted((line[-1] for line in data.others if line), key=lambda point: point.y)
    if others:
        low = others[len(others) // 4]
        wanted.append((x(low.x), y(low.y), "g-text g-halo", words.others))
    wanted = [label for label in wanted if label[3]]
    margin = [label for label in wanted if label[0] > x.end - MARGIN_LABEL]
    placed = dict(zip(margin, spread([label[1] for label in margin]), strict=True))
    return [
        Words(kind, left + BESIDE, placed.get(label, label[1]) + DROP, text)
        for label in wanted
        for left, _, kind, text in [label]
    ]


def _line_style(data: Curve) -> str:
    return "g-line g-line-2" if data.attention else "g-line"


def _through(points: Sequence[Point], x: Scale, y: Scale) -> str:
    return path((x(point.x), y(point.y)) for point in points)
