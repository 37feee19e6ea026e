"""Ghost mentors: scorecards from what a ticket's work truly was, bent by a planted severity."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from trialsim.kit import streams
from trialsim.simulation.types import Category

POINTS = (0, 33, 67, 100)  # what the four levels count
_LEVEL_POINTS = 100 / 3
_STANDARD = NormalDist()
_HARM_COST = 0.35


@dataclass(frozen=True, slots=True)
class GhostReviewer:
    """One mentor: `severity` in points, positive for a strict one; noise in levels."""

    name: str
    severity: float = 0.0
    noise: float = 0.45


REVIEWERS = (
    GhostReviewer("mild", -7.0),
    GhostReviewer("middling", 0.0),
    GhostReviewer("strict", 7.0),
)
NEUTRAL = GhostReviewer("neutral")


@dataclass(frozen=True, slots=True)
class Work:
    """What a mentor sees of a ticket: outcome 0 to 100, harm, warmth, and the ghost's habits."""

    outcome: float
    harm: bool
    kind: bool
    kindness: float
    care: float
    communication: float


def true_share(work: Work, category: str) -> float:
    """Return how good the work is in a category of the scorecard, 0 to 1, before any opinion."""
    solved = work.outcome / 100
    match category:
        case "solves":
            share = solved
        case "accurate":
            share = 0.8 * solved + 0.2 * work.care - _HARM_COST * work.harm
        case "kind":
            share = 0.1 + 0.5 * work.kind + 0.35 * work.kindness
        case "next_step":
            share = 0.6 * solved + 0.4 * work.communication
        case "easy":
            share = 0.3 + 0.3 * solved + 0.35 * work.communication
        case "team":
            share = 0.1 + 0.85 * work.communication
        case _:
            share = 0.7 * solved + 0.3 * work.communication
    return min(1.0, max(0.0, share))


def levels(
    reviewer: GhostReviewer,
    work: Work,
    categories: Sequence[Category],
    seed: streams.Name,
    *names: streams.Name,
) -> dict[str, int]:
    """Return a level 1 to 4 for each category; the names are the ticket's."""
    shared = streams.normal(0, reviewer.noise / math.sqrt(2), seed, *names, reviewer.name)
    found = {}
    for category in categories:
        own = streams.normal(
            0, reviewer.noise / math.sqrt(2), seed, *names, reviewer.name, category.id
        )
        felt = _centre(reviewer, work, category.id) + shared + own
        found[category.id] = min(4, max(1, round(felt)))
    return found


def score(given: Mapping[str, int], categories: Sequence[Category]) -> float:
    """Return the weighted score of a scorecard, 0 to 100."""
    total = sum(category.weight for category in categories)
    earned = sum(category.weight * POINTS[given[category.id] - 1] for category in categories)
    return earned / total if total else 0.0


def expected_score(
    work: Work, categories: Sequence[Category], reviewer: GhostReviewer = NEUTRAL
) -> float:
    """Return the mean score that a reviewer gives to such work, exactly: levels are rounded."""
    total = sum(category.weight for category in categories)
    earned = 0.0
    for category in categories:
        centre = _centre(reviewer, work, category.id)
        above = [
            1 - _STANDARD.cdf((border - centre) / reviewer.noise) for border in (1.5, 2.5, 3.5)
        ]
        steps = zip(above, POINTS, POINTS[1:], strict=False)
        earned += category.weight * sum(share * (high - low) for share, low, high in steps)
    return earned / total if total else 0.0


def _centre(reviewer: GhostReviewer, work: Work, category: str) -> float:
    """Return where on the scale of levels a reviewer sees the work on average."""
    return 1 + 3 * true_share(work, category) - reviewer.severity / _LEVEL_POINTS
