"""Whether the wording of a first message moves the outcome: gaps between opening lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean

from trialsim.kit import streams

SHUFFLES = 500
AT_MOST = 0.10
BY_CHANCE = 0.002


@dataclass(frozen=True, slots=True)
class Play:
    """What an agent earned on one form: which opening line, in which round, with what value."""

    template: int
    turn: int
    value: float


@dataclass(frozen=True, slots=True)
class Gap:
    """The largest difference of means between opening lines, `beyond` what chance alone gives.

    `by_chance` is how often shuffled lines lie as far apart.
    """

    size: float
    beyond: float
    by_chance: float

    @property
    def is_real(self) -> bool:
        """Whether it is too large, and too large for chance."""
        return self.size > AT_MOST and self.by_chance <= BY_CHANCE


def gap_of(plays: Sequence[Play], seed: streams.Name) -> Gap:
    """Return the gap; by permutation within rounds, in which the agent does the same on each form.

    No plays or one opening line give a gap of 0.
    """
    size = _range(plays)
    if not size:
        return Gap(0.0, 0.0, 1.0)
    draw = streams.stream(seed, "gap")
    rounds: dict[int, list[Play]] = {}
    for one in plays:
        rounds.setdefault(one.turn, []).append(one)
    shuffled = [_range(_shuffled(rounds.values(), draw)) for _ in range(SHUFFLES)]
    as_large = sum(one >= size - 1e-9 for one in shuffled)
    return Gap(
        size=round(size, 4),
        beyond=round(max(0.0, size - fmean(shuffled)), 4),
        by_chance=(as_large + 1) / (SHUFFLES + 1),
    )


def _shuffled(rounds: Iterable[Sequence[Play]], draw: Random) -> list[Play]:
    """Return the plays with opening lines dealt anew within each round."""
    dealt = []
    for held in rounds:
        templates = [one.template for one in held]
        draw.shuffle(templates)
        dealt += [
            Play(template, one.turn, one.value)
            for template, one in zip(templates, held, strict=True)
        ]
    return dealt


def _range(plays: Iterable[Play]) -> float:
    values: dict[int, list[float]] = {}
    for one in plays:
        values.setdefault(one.template, []).append(one.value)
    means = [fmean(held) for held in values.values()]
    return max(means, default=0.0) - min(means, default=0.0)
