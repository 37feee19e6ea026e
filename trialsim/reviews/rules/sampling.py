"""Which of a week's planned tickets are reviewed: by chance within thirds of difficulty."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from trialsim.kit import streams

THIRDS = 3


@dataclass(frozen=True, slots=True)
class Drawable:
    """A ticket that could be reviewed: its key in the trial's plan, third of difficulty 0-2."""

    key: str
    third: int


def sample(tickets: Iterable[Drawable], quota: int, *seed: streams.Name) -> tuple[Drawable, ...]:
    """Return `quota` tickets, as evenly from the thirds as they allow, each alike by chance.

    Fewer tickets than the quota are all taken. The result is in the order of their keys, which
    is the order of the plan. Two calls with the same tickets and seed return the same.
    """
    pool = sorted(tickets, key=lambda one: one.key)
    chosen: list[Drawable] = []
    for third, count in enumerate(_shares(pool, quota, *seed)):
        chosen += _by_chance([one for one in pool if one.third == third], *seed)[:count]
    return tuple(sorted(chosen, key=lambda one: one.key))


def replacement(
    ready: Iterable[Drawable], taken: Collection[str], third: int, *seed: streams.Name
) -> Drawable | None:
    """Return the next ticket by chance, of the same third if there is one; None when none is left.

    The order of chance is that of `sample`, so a replacement is what a longer draw had taken.
    """
    free = _by_chance([one for one in ready if one.key not in taken], *seed)
    return min(free, key=lambda one: one.third != third, default=None)


def _by_chance(tickets: Sequence[Drawable], *seed: streams.Name) -> list[Drawable]:
    return sorted(tickets, key=lambda one: streams.unit(seed[0], *seed[1:], "drawn", one.key))


def _shares(pool: Sequence[Drawable], quota: int, *seed: streams.Name) -> list[int]:
    """Return how many come from each third; which third gives one more is chance as well."""
    left = [sum(one.third == third for one in pool) for third in range(THIRDS)]
    order = sorted(
        range(THIRDS), key=lambda third: streams.unit(seed[0], *seed[1:], "third", third)
    )
    shares = [0] * THIRDS
    while sum(shares) < min(quota, sum(left)):
        for third in order:
            if shares[third] < left[third] and sum(shares) < quota:
                shares[third] += 1
    return shares
