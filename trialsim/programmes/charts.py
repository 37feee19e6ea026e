"""The two drawings beside a programme's rules: hours a week, and from when a result is reliable."""

from trialsim.measurement.planning import RELIABLE
from trialsim.programmes.planning import CHANNELS, Preview
from trialsim.web.charts import (
    Curve,
    CurveWords,
    Drawing,
    Frame,
    Goal,
    Part,
    Point,
    Stack,
    curve,
    even_axis,
    stacked_bars,
)
from trialsim.web.charts.drawing import Axis

BESIDE_FORM = Frame(420, 250, left=34, right=84, top=12, bottom=40)
CHANNEL_NAMES = {"forum": "Forum", "email": "Email", "chat": "Chat", "call": "Video"}
_CHANNEL_STYLES = {
    "forum": "g-fill-3",
    "email": "g-fill-1",
    "chat": "g-fill-2",
    "call": "g-fill-4",
}


def hours_chart(preview: Preview) -> Drawing:
    """Draw a candidate's hours by week and kind of work, under the cap."""
    parts = [
        Part("Training", "g-fill-6"),
        *(Part(CHANNEL_NAMES[one], _CHANNEL_STYLES[one]) for one in CHANNELS),
        Part("Reviews", "g-fill-5"),
    ]
    few = len(preview.weeks) <= 4  # noqa: PLR2004 (more names would touch)
    stacks = [
        Stack(
            f"Week {week.number}" if few else str(week.number),
            (week.training, *(hours for _, hours in week.channels), week.other),
            f"{week.total:g} h" if few else "",
        )
        for week in preview.weeks
    ]
    axis = even_axis(0, preview.cap_hours * 1.15, steps=4)
    return stacked_bars(stacks, parts, axis, Goal(preview.cap_hours, f"Cap {preview.cap_hours} h"))


def reliability_chart(preview: Preview) -> Drawing:
    """Draw the reliability to expect by trial day."""
    points = [Point(day, value) for day, value in preview.reliability]
    last = preview.reliability[-1][0]
    data = Curve(
        line=points,
        goal=Goal(RELIABLE, "Safe to decide"),
        now=preview.reliable_day,
        words=CurveWords(
            end=f"{points[-1].y:.2f}",
            now=f"Day {preview.reliable_day}" if preview.reliable_day else "",
            x_axis="Trial day",
            empty="Appears once reviews are planned",
        ),
    )
    ticks = tuple(float(day) for day in range(7, last + 1, 7))
    x_axis = Axis(preview.reliability[0][0], last, ticks)
    return curve(data, x_axis, Axis(0, 1, (0, 0.2, 0.4, 0.6, 0.8, 1)), BESIDE_FORM)
