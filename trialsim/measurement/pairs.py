"""What may be said about two candidates, and how far apart reviews tell a cohort at all."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from trialsim.measurement.growth_design import Floats
from trialsim.measurement.intervals import TAIL, t_quantile
from trialsim.measurement.planning import MOST_REVIEWS
from trialsim.measurement.types import Call, PairCall

_ALIKE = 1e-9


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether a candidate may be compared, and with whom."""

    candidate: str
    group: Hashable
    reviews: int
    shortfall: int
    has_level: bool
    is_comparable: bool


def call_pairs(
    standings: Sequence[Standing], levels: Floats, covariance: Floats, df: float
) -> tuple[PairCall, ...]:
    """Return a call for every pair, in the order of the standings.

    A pair is called when the 90 % range of its difference leaves out zero, which is stricter than
    a probability of .90, so that range and call never contradict each other.
    """
    multiplier = t_quantile(TAIL, df)
    return tuple(
        _call(
            standings[i],
            standings[j],
            float(levels[i] - levels[j]),
            multiplier
            * math.sqrt(
                max(float(covariance[i, i] + covariance[j, j] - 2 * covariance[i, j]), 0.0)
            ),
        )
        for i, j in combinations(range(len(standings)), 2)
    )


def reliability(covariance: Floats, candidate_sd: float) -> float | None:
    """Return the share of the spread between candidates that is not error (0-1).

    One minus the mean error variance of a difference over its true variance (Brennan 2001,
    Generalizability Theory). None under three candidates.
    """
    n = len(covariance)
    if n < 3:  # noqa: PLR2004 (a spread of two is no spread)
        return None
    centre = np.eye(n) - 1 / n
    error = float(np.trace(centre @ covariance @ centre)) / (n - 1)
    return min(max(1 - error / candidate_sd**2, 0.0), 1.0)


def _call(a: Standing, b: Standing, difference: float, half: float) -> PairCall:
    names = (a.candidate, b.candidate)
    if a.group != b.group:
        return PairCall(*names, None, None, None, Call.NOT_COMPARABLE)
    if not (a.has_level and b.has_level):
        return PairCall(*names, None, None, None, Call.OPEN, max(a.shortfall, b.shortfall))
    short = max(a.shortfall, b.shortfall)
    low, high = difference - half, difference + half
    if a.is_comparable and b.is_comparable:
        if low > 0:
            return PairCall(*names, difference, low, high, Call.FIRST)
        if high < 0:
            return PairCall(*names, difference, low, high, Call.SECOND)
    more = short or _more_reviews(difference, half, min(a.reviews, b.reviews))
    return PairCall(*names, difference, low, high, Call.OPEN, more)


def _more_reviews(difference: float, half: float, reviews: int) -> int | None:
    if abs(difference) < _ALIKE:
        return None
    more = math.ceil(reviews * ((half / difference) ** 2 - 1))
    return max(more, 1) if more <= MOST_REVIEWS else None
