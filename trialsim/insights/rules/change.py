"""Did it fall? Two weeks beside each other, with their ranges."""

import math
from collections.abc import Mapping

from trialsim.measurement.types import Estimate


def fell(weeks: Mapping[int, Estimate]) -> list[float] | None:
    """Return [week before, this week] when the last known week lies clearly below the one before.

    Clearly: the 90 % range of the difference, both weeks taken as independent, leaves out zero.
    None with fewer than two known weeks. Week for week the tickets differ, so this is a reason
    to look and no finding.
    """
    known = [
        (week, one.value, one.low, one.high)
        for week, one in sorted(weeks.items())
        if one.value is not None and one.low is not None and one.high is not None
    ]
    if len(known) < 2:  # noqa: PLR2004 (a change has two ends)
        return None
    (_, before, before_low, _), (_, after, _, after_high) = known[-2:]
    half = math.hypot(before - before_low, after_high - after)
    return [round(before, 1), round(after, 1)] if after + half < before else None
