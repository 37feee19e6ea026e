"""Reviews as numbers: where the effects of the mixed growth model lie, and its design matrix."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Reviews:
    """Reviews as arrays of equal length; codes count from 0 without gaps."""

    score: Floats
    day: Floats
    candidate: Codes
    scenario: Codes
    rater: Codes
    last_day: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the effects lie: mu, beta, levels, gains, scenarios, raters."""

    candidates: int
    scenarios: int
    raters: int

    @property
    def levels(self) -> slice:
        """Columns of the candidates' levels."""
        return slice(2, 2 + self.candidates)

    @property
    def gains(self) -> slice:
        """Columns of the candidates' gains."""
        return slice(2 + self.candidates, 2 + 2 * self.candidates)

    @property
    def scenario_effects(self) -> slice:
        """Columns of the scenarios."""
        return slice(self.gains.stop, self.gains.stop + self.scenarios)

    @property
    def rater_effects(self) -> slice:
        """Columns of the raters."""
        return slice(self.scenario_effects.stop, self.scenario_effects.stop + self.raters)


def layout_of(reviews: Reviews) -> Layout:
    """Return the layout of the effects of these reviews."""
    return Layout(
        int(reviews.candidate.max()) + 1,
        int(reviews.scenario.max()) + 1,
        int(reviews.rater.max()) + 1,
    )


def growth_curve(day: Floats, last_day: float, tau: float) -> Floats:
    """Return b(day): -1 on day 0, 0 on the last day; all 0 when the trial has no length."""
    if last_day <= 0:
        return np.zeros_like(day)
    end = np.exp(-last_day / tau)
    return np.asarray(-(np.exp(-day / tau) - end) / (1 - end))


def design_columns(reviews: Reviews, layout: Layout, tau: float) -> Floats:
    """Return one row per review, one column per effect of the layout."""
    rows = np.arange(len(reviews.score))
    growth = growth_curve(reviews.day, reviews.last_day, tau)
    columns = np.zeros((len(rows), layout.rater_effects.stop))
    columns[:, 0], columns[:, 1] = 1.0, growth
    columns[rows, layout.levels.start + reviews.candidate] = 1.0
    columns[rows, layout.gains.start + reviews.candidate] = growth
    columns[rows, layout.scenario_effects.start + reviews.scenario] = 1.0
    columns[rows, layout.rater_effects.start + reviews.rater] = 1.0
    return columns
