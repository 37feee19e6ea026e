"""The pictures of a packet, drawn from what was sealed. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trialsim.committee.rules.packets import (
    CategoryLine,
    MeasureLine,
    Quality,
    RampFigure,
    RampPoint,
    Summary,
)
from trialsim.measurement.types import Estimate, Unit
from trialsim.measurement.wording import estimate_text, figure
from trialsim.web.charts import (
    NARROW,
    PAPER,
    Axis,
    Curve,
    CurveWords,
    Drawing,
    Frame,
    Goal,
    Point,
    Span,
    Spot,
    curve,
    dot_range,
    dot_rows,
    even_axis,
)

_WIDE, _SLIM, _BESIDE = 700.0, 340.0, 180.0
_PERCENT = 100.0
_HALF = 50.0
_FULL = Axis(0, 100, (0, 20, 40, 60, 80, 100))
_UPPER_HALF = Axis(50, 100, (50, 60, 70, 80, 90, 100))
_TOP_OF_PACE = 120.0


@dataclass(frozen=True, slots=True)
class ChartPair:
    """A chart for wide and for small screens, and the rows of numbers behind it."""

    wide: Drawing
    narrow: Drawing
    columns: tuple[str | tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Pictures:
    """All drawings of one packet; measures by key, those without a range left out."""

    measures: dict[str, Drawing]
    ramp: ChartPair | None
    categories: ChartPair | None


def pictures(summary: Summary) -> Pictures:
    """Return the drawings of a packet."""
    return Pictures(
        measures={
            one.key: drawn for one in summary.measures if (drawn := _beside(one)) is not None
        },
        ramp=_ramp(summary.code, summary.ramp) if summary.ramp and summary.ramp.curve else None,
        categories=_categories(summary.quality) if _known(summary.quality.categories) else None,
    )


def shown(estimate: Estimate) -> tuple[str, str]:
    """Return a figure and its likely range as words: "96%", "90% to 102%"; range may be empty."""
    if estimate.value is None:
        return "–", ""
    value = figure(estimate.value, estimate.unit)
    if estimate.low is None or estimate.high is None:
        return value, ""
    return value, f"{figure(estimate.low, estimate.unit)} to {figure(estimate.high, estimate.unit)}"


def _beside(line: MeasureLine) -> Drawing | None:
    spot = _spot(line.estimate, line.middle)
    return None if spot is None else dot_range(spot, _axis(line.estimate, spot), _BESIDE)


def _spot(estimate: Estimate, middle: float | None) -> Spot | None:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return None
    scale = _PERCENT if estimate.unit in (Unit.SHARE, Unit.PACE) else 1.0
    ends = (estimate.value * scale, estimate.low * scale, estimate.high * scale)
    return Spot(*ends, middle=None if middle is None else middle * scale)


def _axis(estimate: Estimate, spot: Spot) -> Axis:
    """Return a scale that begins at zero, or at half for points and shares that all lie above."""
    top = max(spot.high, spot.middle or 0.0)
    if estimate.unit is Unit.MINUTES:
        return Axis(0, max(top * 1.25, 1.0))
    if estimate.unit is Unit.PACE:
        return Axis(0, max(_TOP_OF_PACE, top))
    return _points_axis([spot])


def _points_axis(spots: Iterable[Spot]) -> Axis:
    lowest = min(min(one.low, one.middle if one.middle is not None else one.low) for one in spots)
    return _UPPER_HALF if lowest >= _HALF else _FULL


def _ramp(code: str, ramp: RampFigure) -> ChartPair:
    return ChartPair(
        wide=_ramp_curve(code, ramp, PAPER),
        narrow=_ramp_curve(code, ramp, NARROW),
        columns=("Paid hour", ("Level", "num"), ("Likely range", "num")),
        rows=tuple(
            (f"{one.hour:.0f}", *shown(Estimate(one.value, one.low, one.high, 0, Unit.PACE, "")))
            for one in _some(ramp.curve)
        ),
    )


def _ramp_curve(code: str, ramp: RampFigure, frame: Frame) -> Drawing:
    is_wide = frame is PAPER
    last = ramp.curve[-1]
    levels = [one.high or one.value for one in ramp.curve]
    top = max(levels + [level for one in ramp.others for _, level in one])
    goal = f"{ramp.goal:.0%}"
    data = Curve(
        line=[Point(one.hour, one.value * _PERCENT) for one in ramp.curve],
        band=[
            Span(one.hour, one.low * _PERCENT, one.high * _PERCENT)
            for one in ramp.curve
            if one.low is not None and one.high is not None
        ],
        raw=[Point(one.hour, one.value * _PERCENT) for one in ramp.weeks],
        others=[[Point(x, y * _PERCENT) for x, y in one] for one in ramp.others],
        goal=Goal(ramp.goal * _PERCENT, f"Ready: {goal}" if is_wide else "Ready"),
        words=CurveWords(
            end=f"{code} {last.value:.0%}" if is_wide else f"{last.value:.0%}",
            others="Others" if is_wide else "",
            x_axis="Paid hours. Training and practice are not scored." if is_wide else "",
        ),
    )
    steps = 8 if is_wide else 4
    hours = even_axis(0, last.hour, steps=steps)
    x_axis = Axis(0, max(last.hour, 1.0), tuple(one for one in hours.ticks if one <= last.hour))
    pace = even_axis(0, min(max(_TOP_OF_PACE, top * _PERCENT), 200.0), steps=6, unit="%")
    return curve(data, x_axis, pace, frame)


def _categories(quality: Quality) -> ChartPair:
    known = _known(quality.categories)
    spots = [(one.name, spot) for one in known if (spot := _spot(one.estimate, one.middle))]
    axis = _points_axis(spot for _, spot in spots)
    goal = Goal(quality.pass_line)
    weeks = sorted({one.week for line in known for one in line.weeks})
    return ChartPair(
        wide=dot_rows(spots, axis, goal, width=_WIDE),
        narrow=dot_rows(spots, axis, goal, width=_SLIM),
        columns=("Category", ("All", "num"), *((f"Week {week}", "num") for week in weeks), "Trend"),
        rows=tuple(
            (
                one.name,
                estimate_text(one.estimate),
                *(_of_week(one, week) for week in weeks),
                one.trend,
            )
            for one in known
        ),
    )


def _of_week(line: CategoryLine, week: int) -> str:
    found = next((one.estimate for one in line.weeks if one.week == week), None)
    return "–" if found is None or found.value is None else f"{found.value:.0f} (n {found.n})"


def _known(lines: Sequence[CategoryLine]) -> list[CategoryLine]:
    return [one for one in lines if one.estimate.low is not None and one.estimate.high is not None]


def _some(points: Sequence[RampPoint]) -> list[RampPoint]:
    """Return about eight points of a curve, the last among them."""
    step = max(1, len(points) // 8)
    return [*points[:-1:step], points[-1]]
