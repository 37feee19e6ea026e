"""Cohorts whose true learning curves are known, told as scored tickets."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from trialsim.measurement.types import TicketRow

EXPERIENCED = 0.90


@dataclass(frozen=True)
class Plan:
    """Size of a cohort and its load."""

    candidates: int = 12
    cap_hours: float = 80.0
    tickets: int = 124
    pause_days: float = 0.0


@dataclass(frozen=True)
class Learners:
    """Scored tickets, and the true share of an experienced pace by candidate and paid hour."""

    rows: list[TicketRow]
    truth: dict[str, Callable[[float], float]]
    plan: Plan


def learners(seed: int, plan: Plan = Plan()) -> Learners:
    """Draw a cohort: pace and outcome grow with a constant of median 18 hours, in work blocks."""
    rng = np.random.default_rng(seed)
    rows, truth = [], {}
    for c in range(plan.candidates):
        tau = 18 * np.exp(rng.normal(0, 0.5))
        pace = _growth(rng.normal(-0.10, 0.25), rng.normal(0.80, 0.35), tau, plan.cap_hours)
        right = _growth(rng.normal(0.85, 0.10), rng.normal(0.22, 0.15), tau, plan.cap_hours)
        person = _Person(f"c{c}", pace, right)
        own, slowness = _worked(rng, person, plan)
        rows += own
        truth[person.name] = _true_share(person, slowness)
    return Learners(rows, truth, plan)


@dataclass(frozen=True)
class _Person:
    name: str
    pace: Callable[[float], float]
    right: Callable[[float], float]


def _growth(level: float, gain: float, tau: float, cap: float) -> Callable[[float], float]:
    end = np.exp(-cap / tau)
    return lambda hour: float(level - gain * (np.exp(-hour / tau) - end) / (1 - end))


def _true_share(person: _Person, slowness: float) -> Callable[[float], float]:
    def share(hour: float) -> float:
        right = min(max(person.right(hour), 0.02), 0.98)
        return right * float(np.exp(person.pace(hour))) / slowness / EXPERIENCED

    return share


def _worked(rng: np.random.Generator, person: _Person, plan: Plan) -> tuple[list[TicketRow], float]:
    """Return the tickets, and the mean of minutes over what the log pace says."""
    block_sd, noise_sd = 0.12, 0.45
    rows = []
    hours_each = plan.cap_hours / 20
    per_block = plan.tickets / 20
    for block in range(20):
        mood, luck = rng.normal(0, block_sd), rng.normal(0, 0.055)
        for hour in np.sort(rng.uniform(0, hours_each, rng.poisson(per_block))):
            middle = block * hours_each + hour
            par = 22 * np.exp(rng.normal(0, 0.4))
            minutes = par * np.exp(-person.pace(middle) - mood - rng.normal(0, noise_sd))
            mean = min(max(person.right(middle) + luck, 0.02), 0.98)
            outcome = 100 * rng.beta(2 * mean, 2 * (1 - mean))
            day = 3 + block * 1.25 + hour / 24 + (plan.pause_days if block > 9 else 0)
            rows.append(
                TicketRow(
                    person.name,
                    f"s{rng.integers(60)}",
                    float(day),
                    f"{person.name} block {block}",
                    float(middle + minutes / 120),
                    float(par),
                    float(minutes),
                    float(outcome),
                )
            )
    return rows, float(np.exp((block_sd**2 + noise_sd**2) / 2))
