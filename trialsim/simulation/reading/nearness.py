"""How near a sentence is to an act, out of its likeness to the single lines of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from trialsim.simulation.reading.matcher import Lines

# The nearest line decides; the next two say whether it was chance. Tuned on writers of the
# project's own, see docs/decisions/0021.
_OTHERS = 3
_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Likeness:
    """The likeness to an act; `denies` when its nearest line says no."""

    score: float
    denies: bool


def by_act(lines: Lines, scores: Mapping[int, float]) -> dict[str, Likeness]:
    """Return the likeness to each act that has a line with a score."""
    places: dict[str, list[int]] = {}
    for place in sorted(scores, key=lambda place: (-scores[place], place)):
        places.setdefault(lines.acts[place], []).append(place)
    return {act: _likeness(lines, scores, found) for act, found in places.items()}


def _likeness(lines: Lines, scores: Mapping[int, float], places: list[int]) -> Likeness:
    best, near = scores[places[0]], [scores[place] for place in places[:_OTHERS]]
    score = (1 - _WEIGHT) * best + _WEIGHT * sum(near) / _OTHERS
    return Likeness(score, lines.denies[places[0]])
