"""Ramp-up on cohorts whose learning curves are known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from trialsim.measurement.ramp import GOAL, ramp_curves
from trialsim.measurement.study.planted_tickets import Curve, Load, plant_tickets
from trialsim.measurement.types import Ramp, Reached

_STEP_HOURS = 0.5


@dataclass(frozen=True, slots=True)
class RampStudy:
    """How near the curves come to the truth.

    `rmse` of the level at the end, as a share of an experienced pace; `coverage` of its 90 % band;
    `reached_coverage` among those who truly reached the goal; `width_days` of "reached between",
    an open end counted as the last day; `brier` of the chance of having reached it.
    """

    cohorts: int
    rmse: float
    coverage: float
    reached_coverage: float
    width_days: float
    brier: float


@dataclass(frozen=True, slots=True)
class _Found:
    ramp: Ramp
    level: float  # the true one at the last hour
    reached: float | None  # the true first hour at the goal


def study_ramp(
    load: Load, cohorts: int, seed: int, told: Callable[[], object] = lambda: None
) -> RampStudy:
    """Plant cohorts of one load and return what the ramp-up makes of them.

    `told` is called after each cohort. Cost: about 30 ms a cohort of 12.
    """
    found: list[_Found] = []
    for number in range(cohorts):
        planted = plant_tickets(seed * 100_003 + number, load)
        ramps = ramp_curves(planted.rows, load.cap_hours)
        found += [_found(ramp, planted.truth[name], load) for name, ramp in ramps.items()]
        told()
    known = [one for one in found if one.ramp.level.is_known]
    reached = [one for one in found if one.ramp.reached is not None]
    return RampStudy(
        cohorts,
        float(np.sqrt(fmean(((one.ramp.level.value or 0.0) - one.level) ** 2 for one in known))),
        fmean(
            (one.ramp.level.low or 0.0) <= one.level <= (one.ramp.level.high or 0.0)
            for one in known
        ),
        fmean(_holds(one) for one in reached if one.reached is not None),
        fmean(_width(one.ramp.reached, load) for one in reached if one.ramp.reached is not None),
        _brier(reached),
    )


def _found(ramp: Ramp, truth: Curve, load: Load) -> _Found:
    hours = np.arange(0.0, load.cap_hours + _STEP_HOURS, _STEP_HOURS)
    first = next((float(hour) for hour in hours if truth(float(hour)) >= GOAL), None)
    return _Found(ramp, truth(load.cap_hours), first)


def _holds(one: _Found) -> bool:
    reached, true = one.ramp.reached, one.reached
    if reached is None or true is None or reached.hour_low is None:
        return False
    true = max(true, one.ramp.curve[0].hour)  # nothing is known before the first ticket
    return reached.hour_low - _STEP_HOURS <= true <= (reached.hour_high or np.inf) + _STEP_HOURS


def _width(reached: Reached, load: Load) -> float:
    """Return the days between the two ends; what is open runs to the last day."""
    low = load.days if reached.day_low is None else reached.day_low
    high = load.days + 3 if reached.day_high is None else reached.day_high
    return max(0.0, high - low)


def _brier(found: Sequence[_Found]) -> float:
    return fmean(
        (one.ramp.reached.probability - (one.reached is not None)) ** 2
        for one in found
        if one.ramp.reached is not None
    )
