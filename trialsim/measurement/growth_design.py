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


@dataclass(frozen=True, slots=True)
class Design:
    """The design matrix by its entries: each review touches six effects, the rest are zero.

    `effects` and `values` have one row per review and six columns.
    """

    effects: Codes
    values: Floats
    size: int

    def times(self, effects: Floats) -> Floats:
        """Return the design times the effects: what they say of each review."""
        said: Floats = (effects[self.effects] * self.values).sum(axis=1)
        return said

    def sums(self, values: Floats) -> Floats:
        """Return the transposed design times one value per review."""
        weights = self.values * values[:, None]
        return _totals(self.effects, weights, self.size)

    def cross(self) -> Floats:
        """Return the transposed design times itself."""
        places = self.effects[:, :, None] * self.size + self.effects[:, None, :]
        weights = self.values[:, :, None] * self.values[:, None, :]
        return _totals(places, weights, self.size**2).reshape(self.size, self.size)

    def by_group(self, group: Codes, groups: int) -> Floats:
        """Return the transposed design summed by group: effects x groups."""
        places = self.effects * groups + group[:, None]
        return _totals(places, self.values, self.size * groups).reshape(self.size, groups)


def _totals(places: Codes, weights: Floats, size: int) -> Floats:
    return np.bincount(places.ravel(), weights.ravel(), size).astype(np.float64)


def design_of(reviews: Reviews, layout: Layout, tau: float) -> Design:
    """Return the design of the model; its columns lie as in the layout."""
    one = np.ones_like(reviews.score)
    zero = np.zeros_like(reviews.candidate)
    growth = growth_curve(reviews.day, reviews.last_day, tau)
    effects = (
        zero,
        zero + 1,
        layout.levels.start + reviews.candidate,
        layout.gains.start + reviews.candidate,
        layout.scenario_effects.start + reviews.scenario,
        layout.rater_effects.start + reviews.rater,
    )
    values = (one, growth, one, growth, one, one)
    size = layout.rater_effects.stop
    return Design(np.stack(effects, axis=1), np.stack(values, axis=1), size)
