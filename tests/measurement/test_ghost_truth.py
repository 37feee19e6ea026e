"""The first test of truth: ghosts of planted skill, through the pure floors, without a database.

What is measured is held against what was planted, in groups of five cohorts: two here, more with
the variable GHOST_COHORTS.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import sqrt
from statistics import mean, pstdev

import pytest

from trialsim.measurement import quality, ramp
from trialsim.measurement.types import Estimate, FairScores, Ramp, ReviewRow, TicketRow
from trialsim.paths import data_folder
from trialsim.scenarios.actions import read_files
from trialsim.simulation.cohort_run import run_cohort
from trialsim.simulation.ghost_truth import Truth
from trialsim.simulation.library import parse_pack
from trialsim.simulation.types import Pack

DAY = 18
CAP_HOURS = 80.0
COHORTS = int(os.environ.get("GHOST_COHORTS", "10"))
GROUPS = tuple(tuple(range(first, first + 5)) for first in range(1, COHORTS + 1, 5))
# A cohort is played once a process: the tests about them stay together.
EVERY_GROUP = tuple(pytest.param(seeds, marks=pytest.mark.xdist_group("truth")) for seeds in GROUPS)


@dataclass(frozen=True, slots=True)
class Measured:
    """One cohort as measured, beside its planted truth."""

    truth: Truth
    scores: FairScores
    ramps: dict[str, Ramp]
    naive: dict[str, float]

    @property
    def levels(self) -> dict[str, float]:
        return known({one: score.level for one, score in self.scores.candidates.items()})


def known(estimates: Mapping[str, Estimate]) -> dict[str, float]:
    """The values of the estimates that could be given."""
    return {name: one.value for name, one in estimates.items() if one.value is not None}


@cache
def company() -> Pack:
    return parse_pack(read_files(data_folder("seed_data") / "packs" / "leafmoor"))


@cache
def cohort(seed: int) -> Measured:
    run = run_cohort(company(), f"truth {seed}", days=DAY)
    reviews = [
        ReviewRow(one.candidate, one.scenario, one.rater, one.day, one.score) for one in run.reviews
    ]
    tickets = [
        TicketRow(
            one.candidate,
            one.scenario,
            one.day,
            one.block,
            one.hours,
            one.par_minutes,
            one.minutes,
            one.outcome,
        )
        for one in run.tickets
    ]
    by_candidate: dict[str, list[float]] = {}
    for row in reviews:
        by_candidate.setdefault(row.candidate, []).append(row.score)
    return Measured(
        truth=run.truth,
        scores=quality.fair_scores(reviews, last_day=DAY),
        ramps=ramp.ramp_curves(tickets, CAP_HOURS),
        naive={one: mean(scores) for one, scores in by_candidate.items()},
    )


@pytest.mark.parametrize("seeds", EVERY_GROUP)
def test_measured_quality_ranks_like_planted_quality(seeds: tuple[int, ...]) -> None:
    correlations = [
        rank_correlation(cohort(seed).levels, cohort(seed).truth.levels) for seed in seeds
    ]

    assert mean(correlations) >= 0.8


@pytest.mark.parametrize("seeds", EVERY_GROUP)
def test_planted_levels_lie_far_enough_apart_to_be_told(seeds: tuple[int, ...]) -> None:
    for seed in seeds:
        assert pstdev(cohort(seed).truth.levels.values()) >= 12


@pytest.mark.parametrize("seeds", EVERY_GROUP)
def test_fast_but_wrong_never_leads_the_ramp(seeds: tuple[int, ...]) -> None:
    for seed in seeds:
        levels = known({name: one.level for name, one in cohort(seed).ramps.items()})

        assert max(levels, key=lambda name: levels[name]) != "fast but wrong"


@pytest.mark.parametrize("seeds", EVERY_GROUP)
def test_kind_but_inaccurate_is_not_mistaken_for_good(seeds: tuple[int, ...]) -> None:
    for seed in seeds:
        levels = cohort(seed).levels

        assert levels["kind but inaccurate"] < mean(levels.values())
        assert levels["kind but inaccurate"] < levels["excellent"] - 10


@pytest.mark.parametrize("seeds", EVERY_GROUP)
def test_severity_planted_five_points_off_is_recovered_in_sign(seeds: tuple[int, ...]) -> None:
    for seed in seeds:
        planted = cohort(seed).truth.severities
        found = known({one: rater.severity for one, rater in cohort(seed).scores.raters.items()})
        middle = mean(planted.values())
        for rater, severity in planted.items():
            if abs(severity - middle) >= 5:
                assert (found[rater] > 0) == (severity > middle)


@pytest.mark.xdist_group("truth")
def test_adjusted_level_beats_the_naive_mean_on_average() -> None:
    seeds = [seed for group in GROUPS for seed in group]
    adjusted = [error(cohort(seed).levels, cohort(seed).truth.levels) for seed in seeds]
    naive = [error(cohort(seed).naive, cohort(seed).truth.levels) for seed in seeds]

    assert mean(adjusted) < mean(naive)


def error(found: Mapping[str, float], truth: Mapping[str, float]) -> float:
    """Root mean square error of levels about their own mean: what tells people apart."""
    shift = mean(found[one] - truth[one] for one in found)
    return sqrt(mean((found[one] - truth[one] - shift) ** 2 for one in found))


def rank_correlation(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """Spearman's rank correlation; no two values are equal."""
    names = sorted(first)
    ranks = [
        {name: place for place, name in enumerate(sorted(names, key=lambda one: values[one]))}
        for values in (first, second)
    ]
    count = len(names)
    squares = sum((ranks[0][name] - ranks[1][name]) ** 2 for name in names)
    return 1 - 6 * squares / (count * (count**2 - 1))
