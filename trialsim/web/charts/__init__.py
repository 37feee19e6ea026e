"""Numbers to drawings: ramp curves, small multiples, dot and range, strips, stacked bars.

Pure: no page, no request, no colour. A template prints a drawing (components/chart.html).
Nothing is drawn that is not in the data: too few points leave axes, the goal line and a sentence.
"""

from trialsim.web.charts.curves import (
    NARROW,
    PAPER,
    SMALL,
    SPARK,
    WIDE,
    Curve,
    CurveWords,
    Frame,
    curve,
)
from trialsim.web.charts.drawing import Axis, Drawing, Goal, Point, Span, even_axis
from trialsim.web.charts.ranges import Spot, dot_range, dot_rows
from trialsim.web.charts.stacks import Part, Stack, stacked_bars
from trialsim.web.charts.strips import StripDay, strip

__all__ = [
    "NARROW",
    "PAPER",
    "SMALL",
    "SPARK",
    "WIDE",
    "Axis",
    "Curve",
    "CurveWords",
    "Drawing",
    "Frame",
    "Goal",
    "Part",
    "Point",
    "Span",
    "Spot",
    "Stack",
    "StripDay",
    "curve",
    "dot_range",
    "dot_rows",
    "even_axis",
    "stacked_bars",
    "strip",
]
