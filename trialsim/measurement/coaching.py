"""Does named feedback change the next ticket? Before and after, with the range of the change."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from trialsim.measurement.intervals import share_estimate, wilson
from trialsim.measurement.types import Estimate, Unit, not_yet

FEWEST = 5
_METHOD = "difference of two shares, Newcombe"


@dataclass(frozen=True, slots=True)
class Change:
    """Share of comparable tickets with a root cause before it was named, after, and the change.

    A negative change is a cause seen less often.
    """

    before: Estimate
    after: Estimate
    change: Estimate


def coaching_change(before: Sequence[bool], after: Sequence[bool]) -> Change:
    """Return how often a named root cause was seen on comparable tickets before and after.

    Not yet under five tickets on either side. Some of any fall is chance, because a cause is
    named when it has just been seen; the range does not know that.

    Source: Newcombe 1998 (Statistics in Medicine 17), method 10.
    """
    first = share_estimate(sum(before), len(before), FEWEST)
    last = share_estimate(sum(after), len(after), FEWEST)
    fewest = min(len(before), len(after))
    if fewest < FEWEST:
        return Change(first, last, not_yet(fewest, FEWEST, Unit.SHARE, _METHOD))
    return Change(first, last, _difference(before, after))


def _difference(before: Sequence[bool], after: Sequence[bool]) -> Estimate:
    old, new = sum(before) / len(before), sum(after) / len(after)
    old_low, old_high = wilson(sum(before), len(before))
    new_low, new_high = wilson(sum(after), len(after))
    low = new - old - math.hypot(new - new_low, old_high - old)
    high = new - old + math.hypot(new_high - new, old - old_low)
    n = len(before) + len(after)
    return Estimate(new - old, low, high, n, Unit.SHARE, _METHOD)
