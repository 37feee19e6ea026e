"""Do reviewers agree? Krippendorff's alpha with a range from resampling tickets.

Sources: Krippendorff 2011, Computing Krippendorff's alpha-reliability; Cohen 1968 (Psychological
Bulletin 70) for the weighted kappa; Shrout and Fleiss 1979 (same, 86) for the intraclass forms.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trialsim.kit.streams import digest
from trialsim.measurement.growth_design import Floats
from trialsim.measurement.types import Estimate, Unit, not_yet

FEWEST_FOR_WORD = 10
FEWEST_FOR_NUMBER = 20
"""Tickets scored twice or more below which agreement gets no word, and no number."""

GOAL = 0.67
"""Alpha under which a category is not for decisions."""

_RESAMPLES = 1000
_METHOD = "Krippendorff's alpha, ordinal, bootstrap over tickets"


@dataclass(frozen=True, slots=True)
class Rating:
    """One score of one ticket by one rater, on one category."""

    ticket: str
    rater: str
    value: float


def nominal(totals: Floats, values: Floats) -> Floats:
    """Return squared distances of categories without order."""
    shape = (*totals.shape, len(values))
    return np.broadcast_to(1.0 - np.eye(len(values)), shape)


def ordinal(totals: Floats, values: Floats) -> Floats:
    """Return squared distances of ranked values: how many ratings lie between two of them."""
    del values  # only their order matters, and that is the order of the totals
    middle = np.cumsum(totals, axis=-1) - totals / 2
    return np.asarray((middle[..., :, None] - middle[..., None, :]) ** 2)


def interval(totals: Floats, values: Floats) -> Floats:
    """Return squared distances of values on a scale of equal steps."""
    squares = (values[:, None] - values[None, :]) ** 2
    return np.broadcast_to(squares, (*totals.shape, len(values)))


Distance = Callable[[Floats, Floats], Floats]


def alpha(ratings: Iterable[Rating], distance: Distance = ordinal) -> float | None:
    """Return Krippendorff's alpha; any pattern of missing ratings will do.

    1 is full agreement, 0 what chance gives, below 0 worse. None when no ticket has two ratings
    or all ratings are the same, where alpha is not defined.
    """
    values, tables = _coincidences(ratings)
    if not len(tables):
        return None
    found = float(_alphas(tables.sum(axis=0), values, distance))
    return None if np.isnan(found) else found


def agreement(ratings: Iterable[Rating]) -> Estimate:
    """Return ordinal alpha with its 90 % range over 1,000 resamples of the tickets.

    Resamples are seeded by the number of tickets: the same ratings give the same range. Under 20
    tickets scored twice the value is withheld: five tickets of a true .54 give .07 to .79.
    """
    values, tables = _coincidences(ratings)
    n = len(tables)
    if n < FEWEST_FOR_NUMBER:
        return not_yet(n, FEWEST_FOR_NUMBER, Unit.ALPHA, _METHOD, "too few tickets scored twice")
    value = float(_alphas(tables.sum(axis=0), values, ordinal))
    if np.isnan(value):
        return not_yet(n, n + 1, Unit.ALPHA, _METHOD, "every score is the same")
    rng = np.random.default_rng(digest("agreement", n))
    drawn = rng.multinomial(n, np.full(n, 1 / n), size=_RESAMPLES)
    resampled = np.tensordot(drawn, tables, axes=1)
    low, high = np.nanquantile(_alphas(resampled, values, ordinal), (0.05, 0.95))
    return Estimate(value, float(low), float(high), n, Unit.ALPHA, _METHOD)


def agreement_word(ratings: Iterable[Rating]) -> str:
    """Return what may be said: too few, good enough to decide on, or not for decisions."""
    values, tables = _coincidences(ratings)
    if len(tables) < FEWEST_FOR_WORD:
        return "too few tickets scored twice to say"
    found = float(_alphas(tables.sum(axis=0), values, ordinal))
    if np.isnan(found):
        return "every score is the same, so agreement cannot be told"
    return "reviewers agree well enough" if found >= GOAL else "not for decisions"


def weighted_kappa(first: Sequence[int], second: Sequence[int]) -> float | None:
    """Return the quadratic weighted kappa of two raters on the same tickets, in order.

    None when both gave one and the same score throughout. Raises ValueError when lengths differ.
    """
    pairs = np.array(list(zip(first, second, strict=True)), dtype=float)
    if not len(pairs):
        return None
    seen = np.mean((pairs[:, 0] - pairs[:, 1]) ** 2)
    expected = np.mean((pairs[:, 0][:, None] - pairs[:, 1][None, :]) ** 2)
    return float(1 - seen / expected) if expected > 0 else None


@dataclass(frozen=True, slots=True)
class Intraclass:
    """Agreement of a full crossing: of one rater, and of the mean of all of them."""

    single: float  # ICC(2,1)
    mean: float  # ICC(2,k)


def intraclass(scores: Sequence[Sequence[float]]) -> Intraclass:
    """Return the intraclass correlations of tickets (rows) by raters (columns), both random.

    Needs at least two of each and some spread; raises ValueError otherwise.
    """
    table = np.array(scores, dtype=float)
    n, k = table.shape
    if min(n, k) < 2 or table.std() == 0:  # noqa: PLR2004 (no spread to divide)
        raise ValueError("two tickets, two raters and differing scores are needed")
    grand, by_ticket, by_rater = table.mean(), table.mean(axis=1), table.mean(axis=0)
    between = k * np.sum((by_ticket - grand) ** 2) / (n - 1)
    raters = n * np.sum((by_rater - grand) ** 2) / (k - 1)
    rest = table - by_ticket[:, None] - by_rater[None, :] + grand
    error = np.sum(rest**2) / ((n - 1) * (k - 1))
    bias = (raters - error) / n
    return Intraclass(
        float((between - error) / (between + (k - 1) * error + k * bias)),
        float((between - error) / (between + bias)),
    )


def _coincidences(ratings: Iterable[Rating]) -> tuple[Floats, Floats]:
    """Return the sorted values, and one coincidence table for each ticket rated twice or more."""
    by_ticket: dict[str, list[float]] = defaultdict(list)
    for rating in ratings:
        by_ticket[rating.ticket].append(rating.value)
    paired = {name: by_ticket[name] for name in sorted(by_ticket) if len(by_ticket[name]) > 1}
    values = sorted({value for scores in paired.values() for value in scores})
    place = {value: i for i, value in enumerate(values)}
    tables = [_table(scores, place) for scores in paired.values()]
    return np.array(values, dtype=float), np.array(tables, dtype=float)


def _table(scores: Sequence[float], place: Mapping[float, int]) -> Floats:
    counts = np.bincount([place[score] for score in scores], minlength=len(place)).astype(float)
    return np.asarray((np.outer(counts, counts) - np.diag(counts)) / (len(scores) - 1))


def _alphas(tables: Floats, values: Floats, distance: Distance) -> Floats:
    """Return alpha of each coincidence table of a stack; not a number where undefined."""
    totals = tables.sum(axis=-1)
    squares = distance(totals, values)
    n = totals.sum(axis=-1)
    observed = (tables * squares).sum(axis=(-1, -2))
    expected = (totals[..., :, None] * totals[..., None, :] * squares).sum(axis=(-1, -2))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(1 - (n - 1) * observed / expected)
