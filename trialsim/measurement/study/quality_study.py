"""Reply quality on cohorts with planted truth: plain means beside the adjusted levels."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from trialsim.measurement.growth_design import Floats
from trialsim.measurement.quality import fair_scores
from trialsim.measurement.study.designs import Design
from trialsim.measurement.study.planted_reviews import DAYS, PlantedReviews, plant_reviews
from trialsim.measurement.types import Call, FairScores, PairCall

HIRED_SHARE = 0.3
_CALLED = (Call.FIRST, Call.SECOND)


@dataclass(frozen=True, slots=True)
class EstimatorFigures:
    """How near one estimator comes to the truth, as means over cohorts.

    `rmse` in points around the cohort's mean; `rank` the rank correlation; `wrong_hires` the share
    of a hired 30 % who are not truly among the best 30 %. None where candidates are all alike.
    """

    rmse: float
    rank: float | None
    wrong_hires: float | None


@dataclass(frozen=True, slots=True)
class DesignFigures:
    """One design over many cohorts.

    `coverage` is the share of 90 % ranges of differences that hold the true difference,
    `level_coverage` the same for levels; both None without a range. `separated` is the share of
    pairs called different, `right` how many of those calls are right. `across` counts calls
    between people who share no reviewer; it must be 0. `warned` is the share of cohorts in which
    unequal queues were pointed out.
    """

    cohorts: int
    naive: EstimatorFigures
    adjusted: EstimatorFigures
    coverage: float | None
    level_coverage: float | None
    separated: float
    right: float | None
    across: int
    warned: float


def study_design(
    design: Design, cohorts: int, seed: int, told: Callable[[], object] = lambda: None
) -> DesignFigures:
    """Plant cohorts of one design and return what the measures make of them.

    `told` is called after each cohort. Cost: about .3 s a cohort of 20.
    """
    studied: list[_Studied] = []
    for number in range(cohorts):
        planted = plant_reviews(seed * 100_003 + number, design)
        studied.append(_Studied(planted, fair_scores(planted.rows, DAYS)))
        told()
    pairs = [(one, pair) for one in studied for pair in one.scores.pairs]
    called = [(one, pair) for one, pair in pairs if pair.call in _CALLED]
    return DesignFigures(
        cohorts,
        _figures([one.naive() for one in studied], studied, alike=design.alike),
        _figures([one.levels() for one in studied], studied, alike=design.alike),
        _share([one.holds(pair) for one, pair in pairs if pair.low is not None]),
        _share([held for one in studied for held in one.level_holds()]),
        len(called) / max(1, len(pairs)),
        None if design.alike else _share([one.is_right(pair) for one, pair in called]),
        sum(_camp(pair.a, design) != _camp(pair.b, design) for _, pair in called),
        fmean(any("Queues" in warning for warning in one.scores.warnings) for one in studied),
    )


@dataclass(frozen=True, slots=True)
class _Studied:
    planted: PlantedReviews
    scores: FairScores

    def truth(self) -> Floats:
        return np.array([*self.planted.levels.values()])

    def naive(self) -> Floats:
        found = (self.scores.candidates[name].naive.value for name in self.planted.levels)
        return np.array([*found], dtype=float)

    def levels(self) -> Floats:
        found = (self.scores.candidates[name].level.value for name in self.planted.levels)
        return np.array([*found], dtype=float)

    def difference(self, pair: PairCall) -> float:
        return self.planted.levels[pair.a] - self.planted.levels[pair.b]

    def holds(self, pair: PairCall) -> bool:
        low, high = pair.low or 0.0, pair.high or 0.0
        return low <= self.difference(pair) <= high

    def is_right(self, pair: PairCall) -> bool:
        return (pair.call is Call.FIRST) == (self.difference(pair) > 0)

    def level_holds(self) -> list[bool]:
        known = ((name, one.level) for name, one in self.scores.candidates.items())
        return [
            level.low <= self.planted.levels[name] <= level.high
            for name, level in known
            if level.low is not None and level.high is not None
        ]


def _figures(
    found: Sequence[Floats], studied: Sequence[_Studied], *, alike: bool
) -> EstimatorFigures:
    truths = [one.truth() for one in studied]
    errors = [_rmse(value, truth) for value, truth in zip(found, truths, strict=True)]
    if alike:
        return EstimatorFigures(fmean(errors), None, None)
    return EstimatorFigures(
        fmean(errors),
        fmean(rank_correlation(value, truth) for value, truth in zip(found, truths, strict=True)),
        fmean(_wrong_hires(value, truth) for value, truth in zip(found, truths, strict=True)),
    )


def _rmse(found: Floats, truth: Floats) -> float:
    gap = found - truth
    return float(np.sqrt(np.mean((gap - gap.mean()) ** 2)))


def rank_correlation(a: Floats, b: Floats) -> float:
    """Return Spearman's rank correlation of two equally long rows without ties, -1 to 1."""
    ranks = [np.argsort(np.argsort(values)).astype(float) for values in (a, b)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def _wrong_hires(found: Floats, truth: Floats) -> float:
    hired = math.ceil(HIRED_SHARE * len(truth))
    chosen, best = np.argsort(-found)[:hired], np.argsort(-truth)[:hired]
    return 1 - len({*chosen.tolist()} & {*best.tolist()}) / hired


def _camp(name: str, design: Design) -> int:
    return int(name[1:]) % design.camps


def _share(hits: Sequence[bool]) -> float | None:
    return fmean(hits) if hits else None


def table(results: Mapping[str, DesignFigures]) -> list[tuple[str, ...]]:
    """Return the figures as rows of words, the first with the titles."""
    titles = ("design", "naive: rank", "error", "wrong", "fair: rank", "error", "wrong")
    rows: list[tuple[str, ...]] = [(*titles, "ratio", "ranges", "called", "right", "warned")]
    for name, one in results.items():
        rows.append(
            (
                name,
                *_words(one.naive),
                *_words(one.adjusted),
                _number(one.adjusted.rmse / one.naive.rmse if one.naive.rmse else None),
                _number(one.coverage),
                _number(one.separated),
                _number(one.right),
                _number(one.warned),
            )
        )
    return rows


def _words(one: EstimatorFigures) -> tuple[str, str, str]:
    return _number(one.rank), f"{one.rmse:.2f}", _number(one.wrong_hires)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
