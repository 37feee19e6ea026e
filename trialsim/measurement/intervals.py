"""Quantiles and exact intervals without numpy, so that any page may use them.

Every range in the product is a 90 % range: nine of ten such ranges hold the true value.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import NormalDist, fmean, linear_regression, stdev

from trialsim.measurement.types import Estimate, Unit, not_yet

LEVEL = 0.90
"""Share of ranges that should hold the true value."""

TAIL = 0.5 + LEVEL / 2
"""The quantile at the upper end of a two-sided range."""

_STANDARD = NormalDist()
_TINY = 1e-300
_LARGE_DF = 1e6


def normal_cdf(z: float) -> float:
    """Return the probability that a standard normal lies below z."""
    return _STANDARD.cdf(z)


def normal_quantile(share: float) -> float:
    """Return the z below which a share (0 < share < 1) of a standard normal lies."""
    return _STANDARD.inv_cdf(share)


def t_cdf(t: float, df: float) -> float:
    """Return the probability that Student's t with df degrees of freedom lies below t.

    Source: Abramowitz and Stegun 26.7.1, by the incomplete beta function; the normal beyond a
    million degrees of freedom.
    """
    if df > _LARGE_DF:
        return normal_cdf(t)
    tail = 0.5 * _incomplete_beta(df / (df + t * t), df / 2, 0.5)
    return 1 - tail if t > 0 else tail


@lru_cache(maxsize=4096)
def t_quantile(share: float, df: float) -> float:
    """Return the t below which a share (0 < share < 1) of Student's t lies.

    Newton's steps from the normal quantile: it lies below the answer and the distribution is
    concave there, so they rise to the answer without passing it.
    """
    if share < 0.5:  # noqa: PLR2004 (the median; the distribution is symmetric)
        return -t_quantile(1 - share, df)
    t = normal_quantile(share)
    if df > _LARGE_DF:
        return t
    log_peak = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - math.log(df * math.pi) / 2
    step = math.inf
    while step > 1e-12 * max(t, 1.0):
        density = math.exp(log_peak - (df + 1) / 2 * math.log1p(t * t / df))
        step = (share - t_cdf(t, df)) / density
        t += step
    return t


def wilson(successes: int, n: int, level: float = LEVEL) -> tuple[float, float]:
    """Return the score interval of a share; (0, 1) when n is 0.

    Source: Wilson 1927 (JASA 22). Stays within 0-1 and is honest at small n, unlike the normal.
    """
    if n == 0:
        return 0.0, 1.0
    z = normal_quantile(0.5 + level / 2)
    share, weight = successes / n, 1 + z * z / n
    centre = (share + z * z / (2 * n)) / weight
    half = z / weight * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def share_estimate(successes: int, n: int, needed: int = 1) -> Estimate:
    """Return a share with its Wilson range; not yet under `needed` cases."""
    if n < needed:
        return not_yet(n, needed, Unit.SHARE, "Wilson")
    low, high = wilson(successes, n)
    return Estimate(successes / n, low, high, n, Unit.SHARE, "Wilson")


def mean_estimate(
    values: Sequence[float], unit: Unit, bounds: tuple[float, float], needed: int = 3
) -> Estimate:
    """Return a mean with its t range, cut to the scale's bounds; not yet under `needed` values.

    Assumes independent values. At small n the range is wide rather than wrong; identical values
    at small n give a range of no width, so a caveat says so.
    """
    n = len(values)
    if n < max(needed, 2):
        return not_yet(n, max(needed, 2), unit, "mean, t range")
    mean, spread = fmean(values), stdev(values)
    half = t_quantile(TAIL, n - 1) * spread / math.sqrt(n)
    caveats = () if spread > 0 else ("all values are the same, so the range says little",)
    low, high = max(bounds[0], mean - half), min(bounds[1], mean + half)
    return Estimate(mean, low, high, n, unit, "mean, t range", caveats=caveats)


def slope_estimate(points: Sequence[tuple[float, float]], needed: int) -> Estimate:
    """Return the points of score gained a step (x, score), with the t range of least squares.

    Not yet under `needed` points or while they span less than one step.
    """
    n, method = len(points), "least squares, t range"
    steps, scores = [x for x, _ in points], [score for _, score in points]
    if n < max(needed, 3) or max(steps) - min(steps) < 1:
        return not_yet(n, max(needed, 3), Unit.POINTS, method)
    slope, start = linear_regression(steps, scores)
    rests = [score - start - slope * x for x, score in points]
    middle = fmean(steps)
    spread = sum((x - middle) ** 2 for x in steps)
    error = math.sqrt(sum(rest * rest for rest in rests) / (n - 2) / spread)
    half = t_quantile(TAIL, n - 2) * error
    return Estimate(slope, slope - half, slope + half, n, Unit.POINTS, method)


def median_ranks(n: int) -> tuple[int, int] | None:
    """Return the ranks (from 0) of the ordered values that bracket the median, or None.

    The largest rank k whose binomial tail is at most 5 % on each side: free of any assumption on
    the distribution (Conover 1999, section 3.2). Under five values no pair of ranks reaches 90 %.
    """
    tail, rank = 0.0, -1
    while tail + math.comb(n, rank + 1) * 0.5**n <= 1 - TAIL:
        rank += 1
        tail += math.comb(n, rank) * 0.5**n
    return (rank, n - 1 - rank) if rank >= 0 else None


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function by its continued fraction (A&S 26.5.8)."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _incomplete_beta(1 - x, b, a)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front = math.exp(log_front + a * math.log(x) + b * math.log1p(-x)) / a
    return front * _beta_fraction(x, a, b)


def _beta_fraction(x: float, a: float, b: float) -> float:
    """Evaluate the fraction from the front by Lentz's method until it stands still."""
    value = numerator = 1.0
    denominator = 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    value *= denominator
    for m in range(1, 1000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            denominator = 1 / _away_from_zero(1 + term * denominator)
            numerator = _away_from_zero(1 + term / numerator)
            value *= denominator * numerator
        if abs(denominator * numerator - 1) < 1e-15:  # noqa: PLR2004 (double precision)
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
