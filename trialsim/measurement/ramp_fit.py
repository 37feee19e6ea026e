"""Learning curves of a cohort, from noisy block means; knows neither pace nor outcome by name.

    x(h) = A + B g(h) + sum over k = 1..4 of u_k cos(k pi h / H) / k

with g(0) = -1 and g(H) = 0. Each candidate has a learning constant of their own, from a grid, and
either learns (u = 0) or wanders (u_k normal). Each of the 14 combinations gives a normal in closed
form; they are mixed by prior times evidence. The cohort's distribution of (A, B), the shares of
the combinations and the variance between blocks come from EM with pseudo-candidates, so a cohort
of one rests on the prior. No random draws: the same input gives the same bytes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trialsim.measurement.growth_design import Floats

TAUS = np.array([4.0, 7.0, 11.0, 17.0, 26.0, 40.0, 80.0])
"""Learning constants in paid hours."""

_WAVES = np.arange(1, 5)
_PARAMETERS = 2 + len(_WAVES)
_ROUNDS = 10
_STILL = 1e-8  # variance of a wave that is not there
_MEAN_CASES, _SPREAD_CASES, _SHARE_CASES, _BLOCK_CASES = 2.0, 4.0, 6.0, 10.0


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed before the cohort is seen; earlier cohorts may replace the defaults."""

    mean: tuple[float, float]  # of A and B
    sd: tuple[float, float]
    block_variance: float
    wave_sd: float


PACE_PRIOR = Prior((-0.10, 0.80), (0.25, 0.35), 0.015, 0.35)
OUTCOME_PRIOR = Prior((0.85, 0.22), (0.10, 0.15), 0.003, 0.25)


@dataclass(frozen=True, slots=True)
class _Cohort:
    mean: Floats  # 2
    spread: Floats  # 2 x 2
    shares: Floats  # tau x kind
    block_variance: float


@dataclass(frozen=True, slots=True)
class _Posterior:
    """Per candidate, learning constant and kind (learns, wanders)."""

    mean: Floats  # ... x parameters
    covariance: Floats  # ... x parameters x parameters
    weight: Floats


class Curves:
    """Fitted curves, one per candidate in the order of the input."""

    def __init__(self, posterior: _Posterior, cap_hours: float) -> None:
        self._posterior = posterior
        self._cap_hours = cap_hours

    def at(self, candidate: int, hours: Floats) -> tuple[Floats, Floats]:
        """Return mean and variance of one candidate's curve at these paid hours."""
        own = self._posterior
        design = _design(hours, self._cap_hours)[:, None]  # tau x 1 x hour x parameter
        mean = np.einsum("tkhp,tkp->tkh", np.repeat(design, 2, axis=1), own.mean[candidate])
        variance = ((design @ own.covariance[candidate]) * design).sum(axis=-1)
        weight = own.weight[candidate][..., None]
        middle = (weight * mean).sum(axis=(0, 1))
        return middle, (weight * (variance + (mean - middle) ** 2)).sum(axis=(0, 1))


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Block means of a cohort beside the design of every candidate."""

    design: Floats  # candidate x tau x block x parameter
    values: Floats  # candidate x block
    noise: Floats  # candidate x block, variance of a mean around its block; infinite in padding
    is_real: NDArray[np.bool_]
    prior: Prior


def fit_curves(
    hours: Floats, values: Floats, noise: Floats, cap_hours: float, prior: Prior
) -> Curves:
    """Fit the curves of a cohort.

    Args:
        hours: paid hour of each block, candidate x block.
        values: mean of each block.
        noise: variance of that mean around its block; infinite where there is no block.
        cap_hours: paid hours of the whole programme, H above.
        prior: the belief before the cohort.
    """
    evidence = _Evidence(_design(hours, cap_hours), values, noise, np.isfinite(noise), prior)
    cohort = _Cohort(
        np.array(prior.mean), np.diag(np.square(prior.sd)), _even_shares(), prior.block_variance
    )
    for _ in range(_ROUNDS):
        cohort = _updated(evidence, cohort, _posterior(evidence, cohort))
    return Curves(_posterior(evidence, cohort), cap_hours)


def _even_shares() -> Floats:
    return np.full((len(TAUS), 2), 0.5 / len(TAUS))


def _design(hours: Floats, cap_hours: float) -> Floats:
    """Return ... x tau x hour x parameter."""
    hour = hours[..., None, :]
    end = np.exp(-cap_hours / TAUS)[:, None]
    growth = -(np.exp(-hour / TAUS[:, None]) - end) / (1 - end)
    waves = np.cos(np.pi * hour[..., None] * _WAVES / cap_hours) / _WAVES
    waves = np.broadcast_to(waves, (*growth.shape, len(_WAVES)))
    level = np.ones_like(growth)
    return np.concatenate([level[..., None], growth[..., None], waves], axis=-1)


def _precision(cohort: _Cohort, prior: Prior) -> Floats:
    """Return the prior precision of the parameters, kind x parameter x parameter."""
    precision = np.zeros((2, _PARAMETERS, _PARAMETERS))
    precision[:, :2, :2] = np.linalg.inv(cohort.spread)
    for kind, variance in enumerate((_STILL, prior.wave_sd**2)):
        precision[kind, 2:, 2:] = np.eye(len(_WAVES)) / variance
    return precision


def _posterior(evidence: _Evidence, cohort: _Cohort) -> _Posterior:
    design, prior_precision = evidence.design, _precision(cohort, evidence.prior)
    variance = evidence.noise + cohort.block_variance
    weight = 1 / variance  # 0 in the padding
    rest = evidence.values[:, None, :] - design[..., :2] @ cohort.mean
    weighted = np.swapaxes(design * weight[:, None, :, None], -1, -2)
    precision = (weighted @ design)[:, :, None] + prior_precision
    right = (weighted @ rest[..., None])[..., 0][:, :, None]
    covariance = np.linalg.inv(precision)
    offset = (covariance @ right[..., None])[..., 0]
    squares = (weight[:, None] * rest**2).sum(axis=-1)[:, :, None] - (right * offset).sum(axis=-1)
    logs = np.where(evidence.is_real, np.log(np.where(evidence.is_real, variance, 1.0)), 0.0)
    likelihood = -0.5 * (
        logs.sum(axis=-1)[:, None, None]
        - np.linalg.slogdet(prior_precision)[1]
        + np.linalg.slogdet(precision)[1]
        + squares
    )
    share = np.exp(likelihood - likelihood.max(axis=(1, 2), keepdims=True)) * cohort.shares
    mean = offset.copy()
    mean[..., :2] += cohort.mean
    return _Posterior(mean, np.asarray(covariance), share / share.sum(axis=(1, 2), keepdims=True))


def _updated(evidence: _Evidence, before: _Cohort, posterior: _Posterior) -> _Cohort:
    prior, n = evidence.prior, len(evidence.values)
    start, weight = posterior.mean[..., :2], posterior.weight
    mean = (_mixed(weight, start) + _MEAN_CASES * np.array(prior.mean)) / (n + _MEAN_CASES)
    away = start - mean
    outer = posterior.covariance[..., :2, :2] + away[..., :, None] * away[..., None, :]
    spread = _mixed(weight, outer) + _SPREAD_CASES * np.diag(np.square(prior.sd))
    shares = (weight.sum(axis=0) + _SHARE_CASES * _even_shares()) / (n + _SHARE_CASES)
    return _Cohort(
        mean, spread / (n + _SPREAD_CASES), shares, _block_variance(evidence, before, posterior)
    )


def _mixed(weight: Floats, values: Floats) -> Floats:
    """Return the sum over candidates and combinations, weighted."""
    return np.asarray(np.tensordot(weight, values, axes=3))


def _block_variance(evidence: _Evidence, before: _Cohort, posterior: _Posterior) -> float:
    """Return the EM update of the variance between blocks."""
    design, old = evidence.design[:, :, None], before.block_variance
    fitted = (design @ posterior.mean[..., None])[..., 0]
    unsure = ((design @ posterior.covariance) * design).sum(axis=-1)
    squares = (evidence.values[:, None, None] - fitted) ** 2 + unsure
    expected = (posterior.weight[..., None] * squares).sum(axis=(1, 2))
    share = old / (evidence.noise + old)  # of a block's deviation that is its own
    own = share**2 * expected + old * (1 - share)
    total = float(own[evidence.is_real].sum()) + _BLOCK_CASES * evidence.prior.block_variance
    return total / (float(evidence.is_real.sum()) + _BLOCK_CASES)
