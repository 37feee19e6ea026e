"""Made-up drawings for the style guide: every kind of chart, full, small and empty."""

from math import exp

from trialsim.web.charts.curves import NARROW, SMALL, SPARK, WIDE, Curve, CurveWords, Frame, curve
from trialsim.web.charts.drawing import Axis, Drawing, Goal, Point, Span
from trialsim.web.charts.ranges import Spot, dot_range, dot_rows
from trialsim.web.charts.stacks import Part, Stack, stacked_bars
from trialsim.web.charts.strips import StripDay, strip

TODAY, LAST_DAY = 18, 28
PACE = Axis(0, 120, (0, 20, 40, 60, 80, 100, 120), "%")
PACE_NARROW = Axis(0, 120, (0, 40, 80, 120), "%")
PACE_SMALL = Axis(0, 120, (0, 50, 100))
DAYS = Axis(1, LAST_DAY, (1, 4, 7, 10, 13, 16, 19, 22, 25, 28))
DAYS_FEW = Axis(1, LAST_DAY, (1, 7, 14, 21, 28))
SCORE = Axis(50, 100, (50, 60, 70, 80, 90, 100))


def examples() -> dict[str, Drawing]:
    """Return the drawings by name; the same each time."""
    spot = Spot(88, 85, 91, middle=84)
    rows = [
        ("Solves the problem", Spot(89, 84, 93, middle=85)),
        ("Clear next step", Spot(80, 74, 85)),
    ]
    return {
        "ramp": _ramp(DAYS, PACE, WIDE),
        "ramp_narrow": _ramp(DAYS_FEW, PACE_NARROW, NARROW),
        "small": curve(_curve(95, words="89"), DAYS_FEW, PACE_SMALL, SMALL),
        "small_attention": curve(
            _curve(65, words="61", attention=True), DAYS_FEW, PACE_SMALL, SMALL
        ),
        "small_empty": curve(Curve((), goal=Goal(80)), DAYS_FEW, PACE_SMALL, SMALL),
        "spark": curve(_weeks(), Axis(1, 3), Axis(50, 100), SPARK),
        "dot_range": dot_range(spot, SCORE),
        "dot_range_attention": dot_range(Spot(52, 50, 70, attention=True), SCORE),
        "dot_rows": dot_rows(rows, SCORE, Goal(80)),
        "dot_rows_narrow": dot_rows(rows, SCORE, Goal(80), width=340),
        "strip": strip(_strip_days(), 4, last_day=TODAY),
        "strip_labelled": strip(_strip_days(), 4, last_day=TODAY, labelled=True),
        "bars": _bars(),
    }


def _pace(day: float, level: float) -> float:
    return level * (1 - 0.8 * exp(-(day - 3) / 6))


def _curve(level: float, *, words: str, attention: bool = False) -> Curve:
    days = range(3, TODAY + 1)
    middles = [(day, _pace(day, level), 4 + 40 / day) for day in days]
    return Curve(
        line=[Point(day, middle) for day, middle, _ in middles],
        band=[Span(day, middle - half, middle + half) for day, middle, half in middles],
        raw=[Point(day, middle + (day * 7 % 5 - 2) * 5) for day, middle, _ in middles[1::2]],
        goal=Goal(80, "Ready"),
        attention=attention,
        words=CurveWords(end=words),
    )


def _ramp(x_axis: Axis, y_axis: Axis, frame: Frame) -> Drawing:
    known = _curve(98, words="Noor")
    later = [(day, _pace(day, 98), (day - TODAY) * 0.8 + 6) for day in range(TODAY, LAST_DAY + 1)]
    wide = frame is WIDE
    data = Curve(
        line=known.line,
        band=known.band,
        raw=known.raw,
        forecast=[Point(day, middle) for day, middle, _ in later],
        forecast_band=[Span(day, middle - half, middle + half) for day, middle, half in later],
        others=[[Point(day, _pace(day, 60 + 8 * who)) for day in range(3, 19)] for who in range(5)],
        events=(5, 10, 16),
        goal=Goal(80, "Ready: 80%" if wide else "Ready"),
        now=TODAY,
        words=CurveWords(
            end="Noor",
            others="Others in the cohort" if wide else "",
            forecast="if this continues" if wide else "",
            x_axis="Trial day. Days 1 to 3 are training and are not scored." if wide else "",
        ),
    )
    return curve(data, x_axis, y_axis, frame)


def _weeks() -> Curve:
    scores = ((1, 71), (2, 77), (3, 82))
    return Curve(
        line=[Point(week, score) for week, score in scores],
        band=[Span(week, score - 9 + week, score + 9 - week) for week, score in scores],
        goal=Goal(80),
        words=CurveWords(end="82"),
    )


def _strip_days() -> list[StripDay]:
    hours = {4: 1.0, 5: 2.0, 8: 1.5, 9: 1.0, 10: 5.5, 12: 2.5, 15: 0.1, 16: 7.0, 18: 1.0}
    checks = {5: True, 11: False, 18: True}
    return [StripDay(day, hours.get(day), checks.get(day)) for day in range(1, TODAY + 1)]


def _bars() -> Drawing:
    parts = [Part("Training", "g-fill-6"), Part("Email", "g-fill-1"), Part("Forum", "g-fill-3")]
    weeks = [(13, 6, 2), (2, 12, 3), (1, 12, 3), (1, 12, 2.5)]
    stacks = [
        Stack(f"Week {number}", values, f"{sum(values):g} h")
        for number, values in enumerate(weeks, start=1)
    ]
    return stacked_bars(stacks, parts, Axis(0, 30, (0, 10, 20, 30)), Goal(25, "Plan 25 h"))
