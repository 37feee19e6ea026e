"""A cohort's reviews drawn from a known truth.

Five items of 1-5 on a latent scale make a score of 0-100; learning has a constant of its own for
everybody, reviewers differ in severity, scenarios in difficulty. The spreads are assumed:
candidates .6, scenarios .7, tickets .7, items .6, reviewers .5, reviewer with candidate .2, gap
N(1.2, .5), constant lognormal with a median of 6 days. Truth is the expected score on an average
ticket with an average reviewer on day 25.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from trialsim.measurement.growth_design import Floats
from trialsim.measurement.study.designs import Design
from trialsim.measurement.types import ReviewRow

DAYS = 28.0
_WEEKS = 4
_SETTLED_DAY = 25.0
_USUAL_CONSTANT = 6.0
_DRAWS_FOR_TRUTH = 200


@dataclass(frozen=True, slots=True)
class PlantedReviews:
    """Reviews with the true levels, severities and difficulties behind them."""

    rows: tuple[ReviewRow, ...]
    levels: Mapping[str, float]
    severities: Mapping[str, float]
    difficulties: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Truth:
    skill: Floats
    gap: Floats
    constant: Floats
    difficulty: Floats
    severity: Floats
    pair: Floats

    def ability(self, candidate: int, day: float) -> float:
        learnt = self.gap[candidate] * np.exp(-day / self.constant[candidate])
        return float(self.skill[candidate] - learnt)


def plant_reviews(seed: int, design: Design) -> PlantedReviews:
    """Draw a cohort; the same seed and design give the same rows."""
    rng = np.random.default_rng(seed)
    truth = _truth(rng, design)
    rows = tuple(_rows(rng, truth, design))
    people = range(design.candidates)
    return PlantedReviews(
        rows,
        {f"c{c}": _expected(rng, truth, c) for c in people},
        {f"r{r}": float(severity) for r, severity in enumerate(truth.severity)},
        {f"s{s}": float(difficulty) for s, difficulty in enumerate(truth.difficulty)},
    )


def _truth(rng: np.random.Generator, design: Design) -> _Truth:
    n = design.candidates
    skill, gap = rng.normal(0, 0.6, n), rng.normal(1.2, 0.5, n)
    constant = _USUAL_CONSTANT * np.exp(rng.normal(0, 0.4, n))
    if design.alike:
        skill, gap, constant = np.zeros(n), np.full(n, 1.2), np.full(n, _USUAL_CONSTANT)
    severity = rng.normal(0, 0.5, design.raters)
    return _Truth(
        skill,
        gap,
        constant,
        rng.normal(0, 0.7, design.scenarios),
        severity - severity.mean(),
        rng.normal(0, 0.2, (n, design.raters)) * (not design.alike),
    )


def _rows(rng: np.random.Generator, truth: _Truth, design: Design) -> Iterator[ReviewRow]:
    for c in range(design.candidates):
        for day in np.sort(rng.uniform(0, DAYS, design.per_week * _WEEKS)):
            s = _scenario(rng, c, truth, design)
            ticket = rng.normal(0, 0.7)
            for r in _raters(rng, c, design):
                latent = truth.ability(c, float(day)) - truth.difficulty[s] - truth.severity[r]
                latent += truth.pair[c, r] + ticket + rng.normal(0, 0.6, 5)
                score = float(_score(latent))
                yield ReviewRow(f"c{c}", f"s{s}", f"r{r}", float(day), score)


def _raters(rng: np.random.Generator, candidate: int, design: Design) -> list[int]:
    """Return who reviews one conversation: one, or two different people."""
    camp = candidate % design.camps
    known = [r for r in range(design.raters) if r % design.camps == camp]
    own = known[(candidate // design.camps) % len(known)]
    first = own if rng.random() < design.own_share else int(rng.choice(known))
    if rng.random() >= design.second_share:
        return [first]
    return [first, int(rng.choice([r for r in known if r != first]))]


def _scenario(rng: np.random.Generator, candidate: int, truth: _Truth, design: Design) -> int:
    """Return the scenario met: any, or in a skewed queue the harder the abler somebody is."""
    if not design.skew:
        return int(rng.integers(design.scenarios))
    ability = truth.skill[candidate] / max(float(truth.skill.std()), 1e-9)
    weights = np.exp(design.skew * ability * truth.difficulty)
    return int(rng.choice(design.scenarios, p=weights / weights.sum()))


def _score(latent: Floats) -> Floats:
    """Return the score of items on the latent scale: five levels, as 0-100."""
    items = (np.clip(np.round(3.6 + 0.65 * latent), 1, 5) - 1) * 25
    mean: Floats = items.mean(axis=-1)
    return mean


def _expected(rng: np.random.Generator, truth: _Truth, candidate: int) -> float:
    shape = (_DRAWS_FOR_TRUTH, len(truth.difficulty))
    ticket = rng.normal(0, 0.7, shape) - truth.difficulty
    latent = truth.ability(candidate, _SETTLED_DAY) + ticket[..., None]
    return float(_score(latent + rng.normal(0, 0.6, (*shape, 5))).mean())
