"""Drawn reviews as a table: who met whom, how often, and what stands in the way of comparing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trialsim.measurement.growth_design import Reviews
from trialsim.measurement.links import linked_groups
from trialsim.measurement.types import ReviewRow

COMPARABLE_REVIEWS = 15
COMPARABLE_RATERS = 2
"""Under so many reviews or reviewers a level is given, but never compared."""


@dataclass(frozen=True, slots=True)
class ReviewTable:
    """Reviews in a fixed order, as arrays and as counts; names are sorted.

    `rater_group` and `scenario_group` number, by candidate, those linked through shared reviewers
    and through shared scenarios.
    """

    candidates: Sequence[str]
    scenarios: Sequence[str]
    raters: Sequence[str]
    reviews: Reviews
    scores_of: Mapping[str, Sequence[float]]
    raters_of: Mapping[str, frozenset[str]]
    scenarios_of: Mapping[str, frozenset[str]]
    rater_reviews: Mapping[str, int]
    scenario_reviews: Mapping[str, int]
    rater_group: Mapping[str, int]
    scenario_group: Mapping[str, int]

    def group(self, candidate: str) -> tuple[int, int]:
        """Return the key that two candidates share if they may be compared."""
        return self.rater_group[candidate], self.scenario_group[candidate]

    def raters_linked_to(self, candidate: str) -> frozenset[str]:
        """Return all raters of the candidate's group."""
        return _linked(candidate, self.rater_group, self.raters_of)

    def scenarios_linked_to(self, candidate: str) -> frozenset[str]:
        """Return all scenarios of the candidate's group."""
        return _linked(candidate, self.scenario_group, self.scenarios_of)

    def raters_beside(self, rater: str) -> frozenset[str]:
        """Return all raters linked to this one, itself included."""
        seen = next(name for name in self.candidates if rater in self.raters_of[name])
        return self.raters_linked_to(seen)

    def shortfall(self, candidate: str) -> int:
        """Return how many more reviews the candidate needs before being compared."""
        return max(COMPARABLE_REVIEWS - len(self.scores_of[candidate]), 0)

    def is_comparable(self, candidate: str) -> bool:
        """Tell whether the candidate has enough reviews by enough reviewers to be compared."""
        enough_raters = len(self.raters_of[candidate]) >= COMPARABLE_RATERS
        return enough_raters and not self.shortfall(candidate)


def review_table(rows: Iterable[ReviewRow], last_day: float) -> ReviewTable:
    """Arrange reviews; the order of the rows makes no difference. Needs at least one row."""
    ordered = sorted(
        rows, key=lambda row: (row.candidate, row.day, row.scenario, row.rater, row.score)
    )
    candidates = sorted({row.candidate for row in ordered})
    scenarios = sorted({row.scenario for row in ordered})
    raters = sorted({row.rater for row in ordered})
    scores: dict[str, list[float]] = defaultdict(list)
    raters_of: dict[str, set[str]] = defaultdict(set)
    scenarios_of: dict[str, set[str]] = defaultdict(set)
    for row in ordered:
        scores[row.candidate].append(row.score)
        raters_of[row.candidate].add(row.rater)
        scenarios_of[row.candidate].add(row.scenario)
    return ReviewTable(
        candidates,
        scenarios,
        raters,
        Reviews(
            np.array([row.score for row in ordered], dtype=float),
            np.array([row.day for row in ordered], dtype=float),
            _codes([row.candidate for row in ordered], candidates),
            _codes([row.scenario for row in ordered], scenarios),
            _codes([row.rater for row in ordered], raters),
            last_day,
        ),
        scores,
        {name: frozenset(met) for name, met in raters_of.items()},
        {name: frozenset(met) for name, met in scenarios_of.items()},
        Counter(row.rater for row in ordered),
        Counter(row.scenario for row in ordered),
        linked_groups((row.candidate, row.rater) for row in ordered),
        linked_groups((row.candidate, row.scenario) for row in ordered),
    )


def _codes(names: Sequence[str], known: Sequence[str]) -> NDArray[np.intp]:
    position = {name: i for i, name in enumerate(known)}
    return np.array([position[name] for name in names], dtype=np.intp)


def _linked(
    candidate: str, group: Mapping[str, int], met: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    own = group[candidate]
    return frozenset().union(*(met[name] for name in met if group[name] == own))
