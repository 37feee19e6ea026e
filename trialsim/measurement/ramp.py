"""Ramp-up: how quickly somebody became productive, per paid hour and never by the calendar.

p(h) is the expected outcome x par minutes per minute worked at paid hour h, as a share of what an
experienced teammate makes of the same minutes (whose outcome share is p_e, since par is their
time). Pace and outcome are fitted apart and joined, so that fast but wrong explains itself.

Assumes that par and p_e are right (5 % off moves every level by 5 %) and that a curve is nearly
smooth. Somebody whose pace drifts down late is shown too high; no alarm is promised.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trialsim.measurement.growth_design import Floats
from trialsim.measurement.intervals import TAIL, normal_cdf, normal_quantile
from trialsim.measurement.ramp_blocks import (
    Tickets,
    blocks_of,
    middle_hour,
    ordered_rows,
    tickets_of,
)
from trialsim.measurement.ramp_dots import Timesheet, day_at, dots_by, timesheet_of
from trialsim.measurement.ramp_fit import OUTCOME_PRIOR, PACE_PRIOR, Curves, fit_curves
from trialsim.measurement.types import (
    CurvePoint,
    Estimate,
    Ramp,
    Reached,
    TicketRow,
    Unit,
    not_yet,
)

GOAL = 0.80
EXPERIENCED_SHARE = 0.90
"""Outcome share of an experienced teammate [assumed] until measured on 30 of their tickets."""

FEWEST_TICKETS = 15
FEWEST_BLOCKS = 4
FEWEST_MINUTES = 6 * 60
"""Under any of these no curve is given: only the cohort would speak."""

REACHED_TICKETS = 40
"""Under so many tickets a level is given, but not when the goal was reached."""

_METHOD = "two-part learning curve"
_STEP_HOURS = 0.5
_COHORT_WEIGHT = 40.0
_SMALLEST_OUTCOME = 0.05
_UNLIKELY, _LIKELY = 0.04, 0.96  # so that nine in ten ranges hold, by `trialsim study`
_Z = normal_quantile(TAIL)


def ramp_curves(
    rows: Iterable[TicketRow],
    cap_hours: float,
    *,
    goal: float = GOAL,
    experienced_share: float = EXPERIENCED_SHARE,
    hours_so_far: Mapping[str, float] | None = None,
    timesheets: Mapping[str, Timesheet] | None = None,
) -> dict[str, Ramp]:
    """Return the ramp-up of each candidate of a cohort that has tickets.

    Args:
        rows: every scored ticket whose reopening window is past, in any order.
        cap_hours: paid hours of the whole programme; must be positive.
        goal: the share of an experienced teammate's pace called "reached".
        experienced_share: an experienced teammate's outcome share, 0-1.
        hours_so_far: paid hours of each candidate until now; their last ticket's if not given.
        timesheets: (paid hour, trial day) points of each candidate, for the second axis; read off
            the tickets if not given.

    Refuses a curve under 15 tickets, 4 blocks or 6 hours on tickets, and "reached" under 40
    tickets. Candidates of one cohort lend each other strength, so a figure moves a little when
    another candidate's tickets arrive.
    """
    ordered = ordered_rows(rows)
    if not ordered:
        return {}
    cohort = list(ordered.values())
    join = _join(cohort, cap_hours, experienced_share)
    ramps = {}
    for i, (name, own) in enumerate(ordered.items()):
        sheet = (timesheets or {}).get(name) or timesheet_of(own)
        now = max((hours_so_far or {}).get(name, 0.0), *(row.hours for row in own))
        ramps[name] = _Person(i, own, now, sheet, goal).ramp(join)
    return ramps


@dataclass(frozen=True, slots=True)
class _Join:
    """Both fitted parts, and what joins them: ln p = ln q + v - ln S - ln p_e."""

    pace: Curves
    outcome: Curves
    waste: Floats  # S by candidate: minutes that the log pace does not see
    waste_variance: Floats
    correlation: float  # of what the two parts leave unexplained
    experienced_share: float

    def level(self, candidate: int, hours: Floats) -> tuple[Floats, Floats]:
        """Return ln p and its standard deviation at these paid hours."""
        pace, pace_variance = self.pace.at(candidate, hours)
        outcome, outcome_variance = self.outcome.at(candidate, hours)
        outcome = np.clip(outcome, _SMALLEST_OUTCOME, 1.0)
        relative = np.sqrt(outcome_variance) / outcome
        variance = pace_variance + relative**2 + self.waste_variance[candidate]
        variance = variance + 2 * self.correlation * np.sqrt(pace_variance) * relative
        level = np.log(outcome) + pace - np.log(self.waste[candidate])
        return level - math.log(self.experienced_share), np.sqrt(variance)


def _join(cohort: Sequence[Sequence[TicketRow]], cap_hours: float, share: float) -> _Join:
    tickets = tickets_of(cohort)
    blocks = blocks_of(tickets)
    hours = blocks.hour
    pace = fit_curves(hours, blocks.pace, blocks.pace_noise, cap_hours, PACE_PRIOR)
    outcome = fit_curves(hours, blocks.outcome, blocks.outcome_noise, cap_hours, OUTCOME_PRIOR)
    pace_rest = tickets.pace - _fitted(pace, tickets, len(cohort))
    outcome_rest = tickets.outcome - _fitted(outcome, tickets, len(cohort))
    weight, slowness = tickets.weight, np.exp(-pace_rest)
    overall = float((weight * slowness).sum() / weight.sum())
    total = np.bincount(tickets.candidate, weight) + _COHORT_WEIGHT
    waste = np.bincount(tickets.candidate, weight * slowness) + _COHORT_WEIGHT * overall
    return _Join(
        pace,
        outcome,
        waste / total,
        np.asarray(float(np.var(slowness + pace_rest)) / total),
        _correlation(pace_rest, outcome_rest),
        share,
    )


def _fitted(curves: Curves, tickets: Tickets, candidates: int) -> Floats:
    own = [curves.at(i, tickets.hour[tickets.candidate == i])[0] for i in range(candidates)]
    return np.concatenate(own)


def _correlation(a: Floats, b: Floats) -> float:
    if len(a) < FEWEST_TICKETS or a.std() == 0 or b.std() == 0:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


@dataclass(frozen=True, slots=True)
class _Person:
    number: int
    rows: Sequence[TicketRow]
    now: float
    timesheet: Timesheet
    goal: float

    def ramp(self, join: _Join) -> Ramp:
        refused = self._refusal()
        level, pace, outcome = (refused,) * 3 if refused else self._now(join)
        hours = np.array([]) if refused else self._grid()
        log_level, sd = join.level(self.number, hours)
        share = join.experienced_share
        return Ramp(
            self.rows[0].candidate,
            self.goal,
            level,
            pace,
            outcome,
            self._reached(hours, log_level, sd),
            self._curve(hours, log_level, sd),
            dots_by(self.rows, lambda row: int(row.day // 7), share),
            dots_by(self.rows, lambda row: int(row.day), share),
            len(self.rows),
            self.now,
        )

    def _refusal(self) -> Estimate | None:
        """Return what is shown instead of a level, or None if there is enough."""
        n, minutes = len(self.rows), sum(row.minutes for row in self.rows)
        blocks = len({row.block or int(row.day) for row in self.rows})
        if n >= FEWEST_TICKETS and blocks >= FEWEST_BLOCKS and minutes >= FEWEST_MINUTES:
            return None
        why = (
            f"needs {FEWEST_TICKETS} tickets in {FEWEST_BLOCKS} work blocks and "
            f"{FEWEST_MINUTES // 60} hours on tickets; has {n}, {blocks} and {minutes / 60:.1f}"
        )
        return not_yet(n, FEWEST_TICKETS, Unit.PACE, _METHOD, why)

    def _grid(self) -> Floats:
        first = min(middle_hour(row) for row in self.rows)
        return np.append(np.arange(first, self.now, _STEP_HOURS), self.now)

    def _now(self, join: _Join) -> tuple[Estimate, Estimate, Estimate]:
        hour, i, n = np.array([self.now]), self.number, len(self.rows)
        level, sd = (float(part[0]) for part in join.level(i, hour))
        pace, pace_variance = (float(part[0]) for part in join.pace.at(i, hour))
        outcome, outcome_variance = (float(part[0]) for part in join.outcome.at(i, hour))
        pace_sd = math.sqrt(pace_variance + float(join.waste_variance[i]))
        half = _Z * math.sqrt(outcome_variance)
        few = () if n >= REACHED_TICKETS else (f"fewer than {REACHED_TICKETS} tickets",)
        low, middle, high = (min(max(outcome + d, 0.0), 1.0) for d in (-half, 0.0, half))
        return (
            _exponential(level, sd, Unit.PACE, n, few),
            _exponential(pace - math.log(join.waste[i]), pace_sd, Unit.PACE, n, few),
            Estimate(middle, low, high, n, Unit.SHARE, _METHOD, caveats=few),
        )

    def _curve(self, hours: Floats, level: Floats, sd: Floats) -> tuple[CurvePoint, ...]:
        return tuple(
            CurvePoint(
                float(hour),
                day_at(self.timesheet, float(hour)),
                math.exp(middle),
                math.exp(middle - _Z * spread),
                math.exp(middle + _Z * spread),
            )
            for hour, middle, spread in zip(hours, level, sd, strict=True)
        )

    def _reached(self, hours: Floats, level: Floats, sd: Floats) -> Reached | None:
        """Return the hours between which the goal was reached; None under 40 tickets."""
        if not len(hours) or len(self.rows) < REACHED_TICKETS:
            return None
        above = [normal_cdf(float(z)) for z in (level - math.log(self.goal)) / sd]
        by_now = np.maximum.accumulate(above)
        low, high = (_first(hours, by_now, bar) for bar in (_UNLIKELY, _LIKELY))
        return Reached(low, high, self._day(low), self._day(high), float(by_now[-1]))

    def _day(self, hour: float | None) -> float | None:
        return None if hour is None else day_at(self.timesheet, hour)


def _exponential(log: float, sd: float, unit: Unit, n: int, caveats: tuple[str, ...]) -> Estimate:
    low, high = math.exp(log - _Z * sd), math.exp(log + _Z * sd)
    return Estimate(math.exp(log), low, high, n, unit, _METHOD, caveats=caveats)


def _first(hours: Floats, by_now: Floats, bar: float) -> float | None:
    passed = np.flatnonzero(by_now >= bar)
    return float(hours[passed[0]]) if len(passed) else None
