"""Scored tickets gathered into work blocks: log pace and outcome of each, with what noise is left.

Tickets of one block share a mood, a queue and a clock, so a block is one observation, weighted by
how much it holds.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from trialsim.measurement.growth_design import Codes, Floats
from trialsim.measurement.types import TicketRow

SHORTEST_MINUTES = 0.5
"""A ticket closed in less was a slip of the finger; its pace would have no meaning."""

_PULL = 2.5 * 1.483
_ROUNDS = 2
_FEWEST_DF = 5.0
_PACE_NOISE, _OUTCOME_NOISE = 0.20, 0.06  # [assumed] variances while blocks hold single tickets


@dataclass(frozen=True, slots=True)
class Tickets:
    """Tickets of a cohort as arrays of equal length, ordered by candidate and hour.

    `pace` is ln(par / minutes) with outliers pulled in, `weight` par over the mean par.
    """

    candidate: Codes
    block: Codes
    hour: Floats
    pace: Floats
    outcome: Floats  # 0-1
    weight: Floats


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks of a cohort, one row per candidate, padded at the end.

    `*_noise` is the variance of a block's mean around the block itself; infinite in the padding.
    """

    hour: Floats
    pace: Floats
    outcome: Floats
    pace_noise: Floats
    outcome_noise: Floats


def middle_hour(row: TicketRow) -> float:
    """Return the paid hours at the middle of a ticket's work."""
    if row.middle_hours is not None:
        return row.middle_hours
    return max(row.hours - row.minutes / 120, 0.0)


def ordered_rows(rows: Iterable[TicketRow]) -> dict[str, list[TicketRow]]:
    """Return the tickets of each candidate by hour; their order in `rows` makes no difference.

    Raises ValueError for a par that is not positive: pace would have no meaning.
    """
    found: dict[str, list[TicketRow]] = defaultdict(list)
    for row in rows:
        if row.par_minutes <= 0:
            raise ValueError(f"par of {row.scenario} is {row.par_minutes} minutes, not above 0")
        found[row.candidate].append(row)
    return {
        name: sorted(
            found[name], key=lambda row: (middle_hour(row), row.day, row.scenario, row.minutes)
        )
        for name in sorted(found)
    }


def tickets_of(cohort: Sequence[Sequence[TicketRow]]) -> Tickets:
    """Return the tickets of candidates (each by hour) as arrays, outliers in pace pulled in.

    Residuals around the block beyond 2.5 robust standard deviations are set to that bound, twice,
    so that a telephone call in the middle of a ticket does not become a slow person.
    """
    rows = [row for own in cohort for row in own]
    numbers: dict[tuple[int, str], int] = {}
    block = [
        numbers.setdefault((i, row.block or f"day {int(row.day)}"), len(numbers))
        for i, own in enumerate(cohort)
        for row in own
    ]
    par = np.array([row.par_minutes for row in rows], dtype=float)
    minutes = np.array([max(row.minutes, SHORTEST_MINUTES) for row in rows], dtype=float)
    weight = par / par.mean()
    blocks = np.array(block, dtype=np.intp)
    return Tickets(
        np.array([i for i, own in enumerate(cohort) for _ in own], dtype=np.intp),
        blocks,
        np.array([middle_hour(row) for row in rows], dtype=float),
        _pulled_in(np.log(par / minutes), blocks, weight),
        np.array([row.outcome / 100 for row in rows], dtype=float),
        weight,
    )


def blocks_of(tickets: Tickets) -> Blocks:
    """Return the blocks of the tickets."""
    block, weight = tickets.block, tickets.weight
    held = np.bincount(block, weight) ** 2 / np.bincount(block, weight**2)
    owner = np.zeros(len(held), dtype=np.intp)
    owner[block] = tickets.candidate
    position = np.arange(len(owner)) - np.searchsorted(owner, owner)
    shape = (int(owner.max()) + 1, int(position.max()) + 1)

    def laid_out(values: Floats, padding: float = 0.0) -> Floats:
        table = np.full(shape, padding)
        table[owner, position] = values
        return table

    return Blocks(
        laid_out(_means(tickets.hour, block, weight)),
        laid_out(_means(tickets.pace, block, weight)),
        laid_out(_means(tickets.outcome, block, weight)),
        laid_out(_noise(tickets.pace, block, weight, _PACE_NOISE) / held, np.inf),
        laid_out(_noise(tickets.outcome, block, weight, _OUTCOME_NOISE) / held, np.inf),
    )


def _pulled_in(pace: Floats, block: Codes, weight: Floats) -> Floats:
    shared = np.bincount(block)[block] > 1
    if shared.sum() - len(np.unique(block[shared])) < _FEWEST_DF:
        return pace
    widening = np.sqrt(shared.sum() / (shared.sum() - len(np.unique(block[shared]))))
    for _ in range(_ROUNDS):
        mean = _means(pace, block, weight)[block]
        bound = _PULL * float(np.median(np.abs(pace - mean)[shared])) * widening
        pace = mean + np.clip(pace - mean, -bound, bound)
    return pace


def _means(values: Floats, block: Codes, weight: Floats) -> Floats:
    return np.asarray(np.bincount(block, weight * values) / np.bincount(block, weight))


def _noise(values: Floats, block: Codes, weight: Floats, fallback: float) -> float:
    """Return the pooled variance within blocks, unbiased for equal variances."""
    total = np.bincount(block, weight)
    freedom = float(np.sum(total - np.bincount(block, weight**2) / total))
    if freedom < _FEWEST_DF:
        return fallback
    residual = values - _means(values, block, weight)[block]
    return max(float(np.sum(weight * residual**2)) / freedom, 1e-4)
