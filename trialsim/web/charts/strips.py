"""The communication strip: how long teammates waited for an answer, and check-ins, by day."""

from collections.abc import Sequence
from dataclasses import dataclass

from trialsim.web.charts.drawing import DROP, Axis, Box, Drawing, Line, Mark, Scale, Words

LONGEST_SHOWN = 1.5  # as a share of the guide; longer waits stop there


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day; `hours` is none when nobody asked, `check_in` none when none was due.

    A daily update takes the check-in's place where those are what is followed.
    """

    day: float
    hours: float | None = None
    check_in: bool | None = None


def strip(
    days: Sequence[StripDay],
    guide_hours: float,
    *,
    last_day: float,
    labelled: bool = False,
    square: str = "check-in",
) -> Drawing:
    """Draw own working hours until a teammate got an answer, and check-ins below the line.

    Bars start at zero and are marked when above the guide; a missed check-in is hollow. `square`
    is what the squares are called where they are labelled.
    """
    width, height, base = (300.0, 64.0, 49.0) if labelled else (250.0, 52.0, 37.0)
    x = Scale(Axis(1, last_day), 7, 238 if labelled else 244)
    y = Scale(Axis(0, guide_hours * LONGEST_SHOWN), base, 6)
    marks: list[Mark] = [
        Line("g-axis", x.start - 3, base, x.end + 3, base),
        Line("g-goal", x.start - 3, y(guide_hours), x.end + 3, y(guide_hours)),
    ]
    for day in days:
        marks += _day(day, x, y, guide_hours)
    if labelled:
        marks.append(Words("g-text", x.end + 9, y(guide_hours) + DROP, f"{guide_hours:g} h"))
        marks.append(Words("g-text", x.end + 9, base + 12, square))
    return Drawing(width, height, tuple(marks))


def _day(day: StripDay, x: Scale, y: Scale, guide_hours: float) -> list[Mark]:
    marks: list[Mark] = []
    base = y.start
    if day.hours is not None:
        style = "g-fill-2" if day.hours > guide_hours else "g-fill-1"
        top = min(y(day.hours), base - 1)  # an answer within minutes is still an answer
        marks.append(Box(style, round(x(day.day) - 3, 1), top, 6, round(base - top, 1)))
    if day.check_in is not None:
        style = "g-fill-3" if day.check_in else "g-missed"
        marks.append(Box(style, round(x(day.day) - 4, 1), base + 4, 8, 8, 1.5))
    return marks
