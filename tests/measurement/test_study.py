from functools import cache

import pytest

from trialsim.measurement.study.designs import DESIGNS
from trialsim.measurement.study.planted_tickets import LOADS
from trialsim.measurement.study.quality_study import DesignFigures, study_design
from trialsim.measurement.study.ramp_study import study_ramp

COHORTS = 6


@cache
def studied(name: str) -> DesignFigures:
    return study_design(DESIGNS[name], COHORTS, seed=5)


def test_where_reviewers_mix_fair_levels_err_less_than_means() -> None:
    mixed = studied("half/half")

    assert mixed.adjusted.rmse <= 0.85 * mixed.naive.rmse
    assert mixed.right is not None
    assert mixed.right >= 0.95


def test_own_mentors_with_some_second_reviews_are_put_right() -> None:
    own = studied("own + 10 %")

    assert own.adjusted.rmse <= 0.7 * own.naive.rmse


def test_harder_tickets_for_the_able_mislead_means_and_not_fair_levels() -> None:
    skewed = studied("skewed queues")

    assert skewed.naive.rank is not None
    assert skewed.adjusted.rank is not None
    assert skewed.naive.rank < 0.5
    assert skewed.adjusted.rank >= 0.85
    assert skewed.warned == 1


def test_fair_queues_raise_no_warning() -> None:
    assert studied("half/half").warned == 0


@pytest.mark.parametrize("name", ["own only", "disjoint raters"])
def test_people_who_share_no_reviewer_are_never_told_apart(name: str) -> None:
    assert studied(name).across == 0


def test_equally_able_people_are_seldom_told_apart() -> None:
    assert studied("equal candidates").separated <= 0.10


@pytest.mark.parametrize("name", LOADS)
def test_ramps_come_near_the_planted_curves(name: str) -> None:
    figures = study_ramp(LOADS[name], COHORTS, seed=5)

    assert figures.rmse <= 0.10
    assert figures.coverage >= 0.80
    assert figures.brier <= 0.12


def test_the_same_seed_gives_the_same_figures() -> None:
    design = DESIGNS["random"]

    assert study_design(design, 1, seed=9) == study_design(design, 1, seed=9)
