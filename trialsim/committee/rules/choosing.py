"""Which reviewed conversations stand in a packet: the best, the worst, and some by chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from trialsim.kit import streams

EACH = 2


class Kind(StrEnum):
    """Why a conversation stands among the evidence."""

    BEST = "best"
    WORST = "worst"
    CHANCE = "chance"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A conversation whose drawn reviews are in; `score` is the mean of its reviews, 0-100."""

    ticket: str
    score: float


def choose(reviewed: Sequence[Reviewed], *seed: streams.Name) -> tuple[tuple[Kind, str], ...]:
    """Return two of the best, two of the worst and two by chance, as kind and ticket.

    Ties are broken, and chance is drawn, by the stream of the seed and its names; no conversation
    stands twice. Chance comes last; with fewer than six conversations the kinds take turns, so
    that three still show one of each.
    """
    order = sorted(reviewed, key=lambda one: one.ticket)
    streams.stream(seed[0], *seed[1:], "ties").shuffle(order)
    best_first = sorted(order, key=lambda one: -one.score)
    lots = list(order)
    streams.stream(seed[0], *seed[1:], "chance").shuffle(lots)
    wanted = {Kind.BEST: best_first, Kind.WORST: best_first[::-1], Kind.CHANCE: lots}
    taken: dict[str, Kind] = {}
    enough = len(reviewed) >= EACH * len(Kind)
    for kind in [kind for kind in Kind for _ in range(EACH)] if enough else [*Kind] * EACH:
        free = next((one.ticket for one in wanted[kind] if one.ticket not in taken), None)
        if free is not None:
            taken[free] = kind
    return tuple((kind, ticket) for kind in Kind for ticket, of in taken.items() if of is kind)
