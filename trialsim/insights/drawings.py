"""Frozen figures to drawings: axes that all people share, and what stands where nothing is yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from trialsim.insights.frozen import Json, curve_of, estimate_of, estimates_of
from trialsim.measurement.types import CurvePoint, Estimate
from trialsim.measurement.wording import Verdict
from trialsim.web.charts import (
    NARROW,
    SMALL,
    SPARK,
    WIDE,
    Axis,
    Curve,
    CurveWords,
    Drawing,
    Frame,
    Goal,
    Point,
    Span,
    Spot,
    StripDay,
    curve,
    dot_range,
    even_axis,
    strip,
)

GUIDE_HOURS = 4.0
"""Own working hours within which a teammate has an answer, as a guide."""

EMPTY_RAMP = "Appears after 15 tickets in 4 work blocks"
EMPTY_SMALL = "Appears after 15 tickets"
EMPTY_WEEKS = "Appears after 3 ratings"

LARGE = replace(WIDE, height=366, bottom=66)
CATEGORY = Frame(260, 132, left=32, right=40, top=12, bottom=24, dot=3.5, raw=3.0)

_PERCENT = 100
_HIGHEST_PACE = 120
_LOWEST_SCORE = 50
_SHARE = Axis(0, 1)
_SECOND_AXIS_DAYS = 3


@dataclass(frozen=True, slots=True)
class Shared:
    """The axes of one page, so that every chart on it can be compared with every other."""

    hours: Axis
    pace: Axis
    weeks: Axis
    score: Axis
    close_hours: Axis
    ready: float
    pass_line: float
    length_days: int


def shared(cohort: Json, parts: Iterable[Json]) -> Shared:
    """Return the axes for a cohort's terms and the figures shown."""
    terms, parts = cohort["terms"], list(parts)
    most_hours = max([terms["paid_hours"], *(part["hours"] for part in parts)])
    highest = max((part["ramp"]["level"]["value"] or 0 for part in parts), default=0) * _PERCENT
    scores = [
        week["value"]
        for part in parts
        for week in part["quality"]["weeks"].values()
        if week["value"] is not None
    ]
    longest = max((part["time_to_close"]["high"] or 0 for part in parts), default=0) / 60
    low = min([_LOWEST_SCORE, *(10 * int(score // 10) for score in scores)])
    weeks = max(2, -(-terms["length_days"] // 7))
    top = _HIGHEST_PACE if highest <= _HIGHEST_PACE - 10 else 50 * (int(highest // 50) + 1)
    return Shared(
        hours=even_axis(0, most_hours, steps=4),
        pace=Axis(0, top, (0, 50, 100)),
        weeks=Axis(1, weeks, tuple(range(1, weeks + 1))),
        score=Axis(low, 100, (low, 100)),
        close_hours=even_axis(0, longest or 1, steps=4),
        ready=terms["ready_line"] * _PERCENT,
        pass_line=terms["pass_line"],
        length_days=terms["length_days"],
    )


def is_below_ready(part: Json, terms: Json) -> bool:
    """Whether a ramp is worth a look: surely below the ready line past half of the paid hours."""
    is_below = part["ramp"]["verdict"] == str(Verdict.BELOW)
    return bool(is_below and part["hours"] >= terms["paid_hours"] / 2)


def small_ramp(part: Json, axes: Shared, *, attention: bool, is_first: bool = False) -> Drawing:
    """Draw one person's ramp among the cohort's; the ready line is labelled once."""
    ramp = part["ramp"]
    return curve(
        _ramp(
            ramp,
            goal=Goal(axes.ready, "Ready" if is_first else ""),
            attention=attention,
            words=CurveWords(end=_percent(ramp["level"]["value"]), empty=EMPTY_SMALL),
        ),
        axes.hours,
        axes.pace,
        SMALL,
    )


def large_ramp(
    part: Json,
    axes: Shared,
    name: str,
    *,
    others: Mapping[str, Sequence[Sequence[float]]],
    events: Sequence[float],
) -> tuple[Drawing, Drawing]:
    """Draw one person's ramp large, for wide and for narrow screens, others faintly behind it.

    `events` are the paid hours of what is numbered on the curve.
    """
    ramp = part["ramp"]
    lines = [
        [Point(hour, value * _PERCENT) for hour, value in points]
        for code, points in others.items()
        if code != part["code"]
    ]
    points = curve_of(ramp["curve"])
    level = _percent(ramp["level"]["value"])

    end = f"{name}, {level}%" if level else name
    wide = CurveWords(
        end=end,
        others="Others in the cohort" if lines else "",
        x_axis="Paid hours, and the trial days they fell on. Training is not scored.",
        empty=EMPTY_RAMP,
    )
    narrow = CurveWords(end=f"{level}%" if level else "", empty=EMPTY_RAMP)
    wide_pace = Axis(axes.pace.low, axes.pace.high, _even_ticks(axes.pace, 20), "%")
    narrow_pace = Axis(axes.pace.low, axes.pace.high, _even_ticks(axes.pace, 40), "%")
    large = _ramp(ramp, Goal(axes.ready, f"Ready: {axes.ready:.0f}%"), wide)
    small = _ramp(ramp, Goal(axes.ready, "Ready"), narrow)
    return (
        curve(
            replace(large, others=lines, events=events, second_ticks=_day_ticks(points)),
            axes.hours,
            wide_pace,
            LARGE,
        ),
        curve(replace(small, others=lines, events=events), axes.hours, narrow_pace, NARROW),
    )


def weekly_spark(part: Json, axes: Shared, *, attention: bool) -> Drawing | None:
    """Draw reply quality by week; None while no week is known."""
    weeks = _known(estimates_of(part["quality"]["weeks"]))
    if not weeks:
        return None
    data = _weekly(weeks, axes, attention=attention)
    return curve(data, axes.weeks, axes.score, SPARK)


def category_axis(categories: Iterable[Json], axes: Shared) -> Axis:
    """Return the axis of one person's categories: low enough for each week, so none is cut off."""
    weeks = [pair for stored in categories for pair in _known(estimates_of(stored["weeks"]))]
    low = min([axes.score.low, *(10 * int(spot.value // 10) for _, spot in weeks)])
    return Axis(low, 100, (low, 100))


def category_weeks(stored: Json, axes: Shared) -> Drawing:
    """Draw one category by week."""
    weeks = _known(estimates_of(stored["weeks"]))
    return curve(_weekly(weeks, axes, attention=False), axes.weeks, axes.score, CATEGORY)


def communication_strip(part: Json, last_day: int, *, labelled: bool = False) -> Drawing:
    """Draw answers to teammates and daily updates by day."""
    days = [
        StripDay(day, None if minutes is None else minutes / 60, update)
        for day, minutes, update in part["communication"]["strip"]
        if day >= 1
    ]
    last = max([last_day, 2, *(day.day for day in days)])
    return strip(days, GUIDE_HOURS, last_day=last, labelled=labelled, square="update")


def time_to_close_dot(part: Json, axes: Shared) -> Drawing | None:
    """Draw the median time to close with its range."""
    spot = _spot(estimate_of(part["time_to_close"]), 1 / 60)
    return dot_range(spot, axes.close_hours) if spot else None


def share_dot(stored: Json, *, width: float = 96, attention: bool = False) -> Drawing | None:
    """Draw a share or an agreement, 0 to 1, with its range."""
    spot = _spot(estimate_of(stored), 1, attention=attention)
    return dot_range(spot, _SHARE, width) if spot else None


def _ramp(ramp: Json, goal: Goal, words: CurveWords, *, attention: bool = False) -> Curve:
    points = curve_of(ramp["curve"])
    return Curve(
        line=[Point(one.hour, one.value * _PERCENT) for one in points],
        band=[Span(one.hour, one.low * _PERCENT, one.high * _PERCENT) for one in points],
        raw=[Point(dot[0], dot[2] * _PERCENT) for dot in ramp["days"]],
        goal=goal,
        attention=attention,
        words=words,
    )


def _weekly(weeks: Sequence[tuple[int, Spot]], axes: Shared, *, attention: bool) -> Curve:
    return Curve(
        line=[Point(week, spot.value) for week, spot in weeks],
        band=[Span(week, spot.low, spot.high) for week, spot in weeks],
        raw=[Point(week, spot.value) for week, spot in weeks[:-1]],
        goal=Goal(axes.pass_line),
        attention=attention,
        words=CurveWords(end=f"{weeks[-1][1].value:.0f}" if weeks else "", empty=EMPTY_WEEKS),
    )


def _known(weeks: Mapping[int, Estimate]) -> list[tuple[int, Spot]]:
    spots = [(week, _spot(one, 1)) for week, one in weeks.items()]
    return [(week, spot) for week, spot in spots if spot is not None]


def _spot(estimate: Estimate, factor: float, *, attention: bool = False) -> Spot | None:
    value, low, high = estimate.value, estimate.low, estimate.high
    if value is None or low is None or high is None:
        return None
    return Spot(value * factor, low * factor, high * factor, attention=attention)


def _day_ticks(points: Sequence[CurvePoint]) -> list[tuple[float, str]]:
    """Return the paid hour at which every third trial day began, where the curve knows it."""
    ticks: list[tuple[float, str]] = []
    for point in points:
        day = int(point.day) + 1
        if not ticks or day >= int(ticks[-1][1].removeprefix("day ")) + _SECOND_AXIS_DAYS:
            ticks.append((point.hour, f"day {day}"))
    return ticks


def _even_ticks(axis: Axis, step: int) -> tuple[float, ...]:
    return tuple(float(tick) for tick in range(0, int(axis.high) + 1, step))


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value * _PERCENT:.0f}"
