"""How long things took: time to close with open tickets counted, answers to colleagues, reopenings.

Minutes come in as working minutes of the person concerned; nothing here looks at a clock.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from trialsim.measurement.intervals import TAIL, median_ranks, normal_quantile, share_estimate
from trialsim.measurement.types import Estimate, Unit, not_yet

FEWEST = 5
"""Under five values no range of a median reaches 90 %."""

_SURVIVAL = "Kaplan-Meier median"
_MEDIAN = "median, binomial range"
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """One ticket: minutes until it closed, or until now while it is still open."""

    minutes: float
    is_closed: bool


def time_to_close(spans: Iterable[Span]) -> Estimate:
    """Return the median minutes to close, open tickets counted as "longer than until now".

    Leaving open tickets out would flatter whoever leaves the hard ones lying. The range inverts
    the log-log interval of the survival curve; `high` equals the longest time seen when the true
    end is open, and a caveat says so. Not yet under five closed tickets. When more than half are
    still open there is no median: value None with a caveat.

    Sources: Kaplan and Meier 1958 (JASA 53), Brookmeyer and Crowley 1982 (Biometrics 38).
    """
    ordered = sorted(spans, key=lambda span: (span.minutes, not span.is_closed))
    closed = sum(span.is_closed for span in ordered)
    if closed < FEWEST:
        return not_yet(closed, FEWEST, Unit.MINUTES, _SURVIVAL)
    steps = _survival(ordered)
    longest = ordered[-1].minutes
    middle = next((step.minutes for step in steps if step.share <= _HALF), None)
    if middle is None:
        why = f"more than half stay open longer than {longest:.0f} minutes"
        return Estimate(
            None, None, None, closed, Unit.MINUTES, _SURVIVAL, caveats=(why,), needs_more=1
        )
    inside = [step.minutes for step in steps if _holds_half(step)]
    low = min(inside, default=middle)
    after = [step.minutes for step in steps if step.minutes > max(inside, default=middle)]
    caveats = () if after else ("the upper end is open: the longest time seen stands for it",)
    high = after[0] if after else longest
    return Estimate(
        middle, min(low, middle), high, len(ordered), Unit.MINUTES, _SURVIVAL, caveats=caveats
    )


def answer_time(minutes: Iterable[float]) -> Estimate:
    """Return the median working minutes until a colleague had an answer; not yet under five."""
    ordered = sorted(minutes)
    ranks = median_ranks(len(ordered))
    if ranks is None:
        return not_yet(len(ordered), FEWEST, Unit.MINUTES, _MEDIAN)
    low, high = (ordered[rank] for rank in ranks)
    return Estimate(median(ordered), low, high, len(ordered), Unit.MINUTES, _MEDIAN)


def reopened_share(reopened: int, solved: int) -> Estimate:
    """Return the share of solved tickets that came back; not yet under five."""
    return share_estimate(reopened, solved, FEWEST)


@dataclass(frozen=True, slots=True)
class _Step:
    """The share still open just after this time, and the variance of its logarithm."""

    minutes: float
    share: float
    log_variance: float


def _survival(ordered: Sequence[Span]) -> list[_Step]:
    """Return the steps of the survival curve (Greenwood's variance)."""
    steps: list[_Step] = []
    at_risk, share, variance, i = len(ordered), 1.0, 0.0, 0
    while i < len(ordered):
        same = [span for span in ordered[i:] if span.minutes == ordered[i].minutes]
        closed = sum(span.is_closed for span in same)
        if closed:
            share *= 1 - closed / at_risk
            left = at_risk - closed
            variance = variance + closed / (at_risk * left) if left else math.inf
            steps.append(_Step(ordered[i].minutes, share, variance))
        at_risk -= len(same)
        i += len(same)
    return steps


def _holds_half(step: _Step) -> bool:
    """Tell whether a median at this time agrees with the curve, on the log-log scale."""
    if not 0 < step.share < 1:
        return False
    error = math.sqrt(step.log_variance) / abs(math.log(step.share))
    distance = math.log(-math.log(step.share)) - math.log(math.log(2))
    return abs(distance) <= normal_quantile(TAIL) * error
