"""The raw side of a ramp: the plain ratio of a day or week, and the calendar as second axis."""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from statistics import fmean

from trialsim.measurement.intervals import TAIL, t_quantile
from trialsim.measurement.ramp_blocks import SHORTEST_MINUTES, middle_hour
from trialsim.measurement.types import Dot, TicketRow

Timesheet = Sequence[tuple[float, float]]
"""(paid hour, trial day) points in rising order of both."""

FEWEST = 3
"""A dot of fewer tickets has no range."""


def timesheet_of(rows: Sequence[TicketRow]) -> Timesheet:
    """Return the points that a candidate's own tickets give."""
    points: list[tuple[float, float]] = []
    latest = -math.inf
    for hour, day in sorted((row.hours, row.day) for row in rows):
        latest = max(latest, day)
        points.append((hour, latest))
    return points


def day_at(timesheet: Timesheet, hour: float) -> float:
    """Return the trial day on which a paid hour fell, between the nearest points; needs one."""
    after = bisect_right(timesheet, hour, key=lambda point: point[0])
    if after == 0:
        return timesheet[0][1]
    if after == len(timesheet):
        return timesheet[-1][1]
    (start, first), (end, last) = timesheet[after - 1], timesheet[after]
    return first + (last - first) * (hour - start) / (end - start)


def dots_by(
    rows: Sequence[TicketRow], part: Callable[[TicketRow], int], experienced_share: float
) -> tuple[Dot, ...]:
    """Return one dot for each part (day, week) with tickets, in order."""
    parts: dict[int, list[TicketRow]] = defaultdict(list)
    for row in rows:
        parts[part(row)].append(row)
    return tuple(_dot(parts[key], experienced_share) for key in sorted(parts))


def _dot(rows: Sequence[TicketRow], experienced_share: float) -> Dot:
    """Return the ratio of sums with its delta-method range (Cochran 1977, section 6.3)."""
    spent = [max(row.minutes, SHORTEST_MINUTES) for row in rows]
    n, minutes = len(rows), sum(spent)
    worth = [row.outcome / 100 * row.par_minutes / experienced_share for row in rows]
    ratio = sum(worth) / minutes
    hour, day = fmean(map(middle_hour, rows)), fmean(row.day for row in rows)
    if n < FEWEST:
        return Dot(hour, day, ratio, None, None, n)
    squares = sum((w - ratio * m) ** 2 for w, m in zip(worth, spent, strict=True))
    half = t_quantile(TAIL, n - 1) * math.sqrt(squares * n / (n - 1)) / minutes
    return Dot(hour, day, ratio, max(ratio - half, 0.0), ratio + half, n)
