"""Solver of the mixed growth model behind reply quality. Knows codes and numbers, no people.

Model, for review i on day d by rater r of candidate c on scenario s:

    y = mu + beta b(d) + a_c + g_c b(d) + s_s + r_r + p_cr + e

with b(last day) = 0 and b(0) = -1, so that mu + a_c is the level on the last day and beta + g_c
what was gained since the first. Everything but mu and beta is normal with mean zero; (a, g) of
one candidate are correlated. Variances by EM-REML on Henderson's equations, held off zero by weak
inverse-gamma priors [assumed] in units of the scores' own spread, so that the result does not
depend on the scale. Sources: Henderson 1975 (Biometrics 31), Patterson and Thompson 1971
(Biometrika 58), Laird and Ware 1982 (Biometrics 38).

At small n the priors speak: with a single rater or scenario the figures are theirs.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from trialsim.measurement.growth_design import (
    Floats,
    Reviews,
    design_of,
    layout_of,
)

TAUS = (4.0, 8.0)
"""Days of the learning constants tried; the likelihood chooses."""

_PRIOR_SHARES = {"level": 0.4, "gain": 0.35, "scenario": 0.45, "rater": 0.3, "pair": 0.15}
_PRIOR_REST = 0.7
_PRIOR_CASES = 2.0
_FIXED_PRECISION = (1e-8, 1 / 9)
_ROUNDS = 150
_STANDSTILL = 2e-3


@dataclass(frozen=True, slots=True)
class Variances:
    """Variances of the model, in squared units of the scores' spread."""

    growth: Floats  # 2 x 2, level and gain
    scenario: float
    rater: float
    pair: float
    rest: float


@dataclass(frozen=True, slots=True)
class Fit:
    """Solution in points: effects in the order of `Layout`, and their error covariance."""

    effects: Floats
    covariance: Floats
    residuals: Floats
    sds: dict[str, float]
    tau: float
    likelihood: float


def fit_growth(reviews: Reviews) -> Fit:
    """Fit the model for each learning constant and return the likeliest.

    Needs at least two reviews. Cost: 900 reviews of 20 candidates about .2 s.
    """
    fits = []
    start: Variances | None = None
    for tau in TAUS:
        fit, start = _fit(reviews, tau, start, _separate)
        fits.append(fit)
    return max(fits, key=lambda fit: fit.likelihood)


def fit_ridge(reviews: Reviews, tau: float) -> Fit:
    """Fit one common variance for all effects (evidence-chosen ridge on one-hot columns).

    A second opinion with wider ranges, for cohorts whose queues differed in difficulty.
    Source: MacKay 1992 (Neural Computation 4).
    """
    return _fit(reviews, tau, None, _tied)[0]


class _Equations:
    """Henderson's equations with the candidate x rater effects absorbed (they are diagonal)."""

    def __init__(self, reviews: Reviews, tau: float) -> None:
        self.layout = layout_of(reviews)
        self.mean, self.unit = _centre(reviews.score)
        self.y = (reviews.score - self.mean) / self.unit
        self.design = design_of(reviews, self.layout, tau)
        _, self.pair = np.unique(
            reviews.candidate * self.layout.raters + reviews.rater, return_inverse=True
        )
        self.cross = self.design.cross()
        self.pair_size = np.bincount(self.pair).astype(float)
        self.with_pair = self.design.by_group(self.pair, len(self.pair_size))
        self.right = self.design.sums(self.y)
        self.pair_right = np.bincount(self.pair, self.y)

    def penalty(self, variances: Variances) -> Floats:
        """Return the inverse of the prior covariance of the effects."""
        lay = self.layout
        size = lay.rater_effects.stop
        diagonal = np.zeros(size)
        diagonal[:2] = _FIXED_PRECISION
        diagonal[lay.scenario_effects] = 1 / variances.scenario
        diagonal[lay.rater_effects] = 1 / variances.rater
        inverse = np.linalg.inv(variances.growth)
        diagonal[lay.levels], diagonal[lay.gains] = inverse[0, 0], inverse[1, 1]
        penalty = np.diag(diagonal)
        level, gain = np.arange(size)[lay.levels], np.arange(size)[lay.gains]
        penalty[level, gain] = penalty[gain, level] = inverse[0, 1]
        return penalty


@dataclass(frozen=True, slots=True)
class _Solution:
    effects: Floats
    covariance: Floats
    pairs: Floats
    pair_variance: Floats
    residuals: Floats
    trace: float  # of the error covariance through the design
    likelihood: float


def _solve(equations: _Equations, variances: Variances) -> _Solution:
    rest, penalty = variances.rest, equations.penalty(variances)
    pair_diagonal = equations.pair_size / rest + 1 / variances.pair
    across = equations.with_pair / rest / pair_diagonal
    matrix = equations.cross / rest + penalty - across @ equations.with_pair.T / rest
    covariance = np.linalg.inv(matrix)
    covariance = (covariance + covariance.T) / 2
    effects = covariance @ (equations.right - across @ equations.pair_right) / rest
    pairs = equations.pair_right / rest / pair_diagonal - across.T @ effects
    pair_variance = 1 / pair_diagonal + np.einsum("ij,ij->j", across, covariance @ across)
    residuals = equations.y - equations.design.times(effects) - pairs[equations.pair]
    shrunk = float(np.sum(covariance * penalty)) + float(pair_variance.sum()) / variances.pair
    trace = rest * (len(effects) + len(pairs) - shrunk)
    explained = (effects @ equations.right + pairs @ equations.pair_right) / rest
    likelihood = -0.5 * (
        len(equations.y) * np.log(rest)
        - np.linalg.slogdet(penalty)[1]
        + len(pairs) * np.log(variances.pair)
        + np.linalg.slogdet(matrix)[1]
        + np.log(pair_diagonal).sum()
        + equations.y @ equations.y / rest
        - explained
    )
    return _Solution(effects, covariance, pairs, pair_variance, residuals, trace, float(likelihood))


_Update = Callable[[_Equations, _Solution, Variances], Variances]


def _fit(
    reviews: Reviews, tau: float, start: Variances | None, update: _Update
) -> tuple[Fit, Variances]:
    equations = _Equations(reviews, tau)
    variances = start or _prior()
    solution = _solve(equations, variances)
    for _ in range(_ROUNDS):
        before, variances = variances, update(equations, solution, variances)
        solution = _solve(equations, variances)
        if _change(before, variances) < _STANDSTILL:
            break
    unit = equations.unit
    effects = solution.effects * unit
    effects[0] += equations.mean
    fit = Fit(
        effects,
        solution.covariance * unit**2,
        solution.residuals * unit,
        {name: float(np.sqrt(value)) * unit for name, value in _named(variances).items()},
        tau,
        solution.likelihood,
    )
    return fit, variances


def _separate(equations: _Equations, solution: _Solution, _before: Variances) -> Variances:
    """Give every source its own variance: one EM step towards the REML optimum."""
    lay, prior = equations.layout, _prior()
    growth = prior.growth * _PRIOR_CASES
    parts = (lay.levels, lay.gains)
    for i, rows in enumerate(parts):
        for j, columns in enumerate(parts):
            growth[i, j] += solution.effects[rows] @ solution.effects[columns]
            growth[i, j] += np.trace(solution.covariance[rows, columns])
    return Variances(
        growth / (lay.candidates + _PRIOR_CASES),
        _pooled(solution, [lay.scenario_effects], prior.scenario),
        _pooled(solution, [lay.rater_effects], prior.rater),
        float(
            (
                solution.pairs @ solution.pairs
                + solution.pair_variance.sum()
                + _PRIOR_CASES * prior.pair
            )
            / (len(solution.pairs) + _PRIOR_CASES)
        ),
        _rest(solution, prior.rest),
    )


def _tied(equations: _Equations, solution: _Solution, before: Variances) -> Variances:
    """Give all effects one variance and the pairs none to speak of."""
    lay, prior = equations.layout, _prior()
    parts = [lay.levels, lay.gains, lay.scenario_effects, lay.rater_effects]
    common = _pooled(solution, parts, prior.scenario)
    tiny = min(before.pair, 1e-6)
    return Variances(common * np.eye(2), common, common, tiny, _rest(solution, prior.rest))


def _pooled(solution: _Solution, parts: list[slice], prior: float) -> float:
    total, count = _PRIOR_CASES * prior, _PRIOR_CASES
    for part in parts:
        effects = solution.effects[part]
        total += float(effects @ effects + np.trace(solution.covariance[part, part]))
        count += len(effects)
    return total / count


def _rest(solution: _Solution, prior: float) -> float:
    squares = float(solution.residuals @ solution.residuals) + solution.trace
    return (squares + _PRIOR_CASES * prior) / (len(solution.residuals) + _PRIOR_CASES)


def _prior() -> Variances:
    squares = {name: share**2 for name, share in _PRIOR_SHARES.items()}
    growth = np.diag([squares["level"], squares["gain"]])
    return Variances(growth, squares["scenario"], squares["rater"], squares["pair"], _PRIOR_REST**2)


def _named(variances: Variances) -> dict[str, float]:
    return {
        "candidate": float(variances.growth[0, 0]),
        "gain": float(variances.growth[1, 1]),
        "scenario": variances.scenario,
        "rater": variances.rater,
        "candidate x rater": variances.pair,
        "rest": variances.rest,
    }


def _change(before: Variances, after: Variances) -> float:
    old, new = _named(before), _named(after)
    return max(abs(new[name] / old[name] - 1) for name in new)


def _centre(scores: Floats) -> tuple[float, float]:
    """Return the mean and the spread of the scores; a spread of 1 point when all are equal."""
    return float(scores.mean()), max(float(scores.std()), 1.0)
