"""Cohorts with planted truth: what a measure should find is known here."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from trialsim.measurement.types import ReviewRow

DAYS = 28.0


@dataclass(frozen=True)
class Cohort:
    """Reviews with the true levels on the last day, severities and difficulties behind them."""

    rows: list[ReviewRow]
    levels: Mapping[str, float]
    severities: Mapping[str, float]
    difficulties: Mapping[str, float]


@dataclass(frozen=True)
class Shape:
    """Size of a cohort, and how reviews are given out."""

    candidates: int = 12
    raters: int = 5
    scenarios: int = 40
    per_week: int = 10
    own_share: float = 0.5
    skew: float = 0.0


def cohort(seed: int, shape: Shape = Shape()) -> Cohort:
    """Draw a cohort: five items of 1-5 on a latent scale, learning with an individual constant."""
    rng = np.random.default_rng(seed)
    skill = rng.normal(0, 0.6, shape.candidates)
    gap = rng.normal(1.2, 0.5, shape.candidates)
    tau = 6 * np.exp(rng.normal(0, 0.4, shape.candidates))
    difficulty = rng.normal(0, 0.7, shape.scenarios)
    severity = rng.normal(0, 0.5, shape.raters)
    severity -= severity.mean()
    pair = rng.normal(0, 0.2, (shape.candidates, shape.raters))
    rows = []
    for c in range(shape.candidates):
        for day in np.sort(rng.uniform(0, DAYS, shape.per_week * 4)):
            s = _scenario(rng, c, difficulty, shape)
            own = rng.random() < shape.own_share
            r = c % shape.raters if own else int(rng.integers(shape.raters))
            latent = skill[c] - gap[c] * np.exp(-day / tau[c]) - difficulty[s] - severity[r]
            latent += pair[c, r] + rng.normal(0, 0.7)
            score = float(_items(latent + rng.normal(0, 0.6, 5)).mean())
            rows.append(ReviewRow(f"c{c}", f"s{s}", f"r{r}", float(day), score))
    settled = [skill[c] - gap[c] * np.exp(-25 / tau[c]) for c in range(shape.candidates)]
    return Cohort(
        rows,
        {f"c{c}": _expected(rng, settled[c], difficulty) for c in range(shape.candidates)},
        {f"r{r}": float(severity[r]) for r in range(shape.raters)},
        {f"s{s}": float(difficulty[s]) for s in range(shape.scenarios)},
    )


def _scenario(
    rng: np.random.Generator, candidate: int, difficulty: np.ndarray, shape: Shape
) -> int:
    if not shape.skew:
        return int(rng.integers(shape.scenarios))
    direction = 1 if candidate % 2 else -1
    weights = np.exp(shape.skew * direction * difficulty)
    return int(rng.choice(shape.scenarios, p=weights / weights.sum()))


def _items(latent: np.ndarray) -> np.ndarray:
    return (np.clip(np.round(3.6 + 0.9 * latent), 1, 5) - 1) * 25


def _expected(rng: np.random.Generator, settled: float, difficulty: np.ndarray) -> float:
    noise = rng.normal(0, 0.7, (200, 1)) - difficulty[None, :]
    return float(_items(settled + noise[..., None] + rng.normal(0, 0.6, (200, 1, 5))).mean())
