"""Ghost mentors: levels from true work, bent by a planted severity."""

from dataclasses import replace
from statistics import fmean

import pytest

from tests.simulation.banks import the_rubric
from trialsim.simulation.ghost_reviewers import (
    NEUTRAL,
    REVIEWERS,
    GhostReviewer,
    Work,
    expected_score,
    levels,
    score,
    true_share,
)

CATEGORIES = the_rubric().categories
MIDDLING = Work(outcome=60, harm=False, kind=True, kindness=0.6, care=0.7, communication=0.6)


def mean_score(reviewer: GhostReviewer, work: Work = MIDDLING) -> float:
    return fmean(
        score(levels(reviewer, work, CATEGORIES, "seed", number), CATEGORIES)
        for number in range(1500)
    )


def test_expected_score_is_the_mean_of_what_is_given() -> None:
    for reviewer in REVIEWERS:
        expected = expected_score(MIDDLING, CATEGORIES, reviewer)
        assert mean_score(reviewer) == pytest.approx(expected, abs=1.0)


def test_planted_severity_is_in_points() -> None:
    mild, middling, strict = (mean_score(reviewer) for reviewer in REVIEWERS)

    assert mild - middling == pytest.approx(7, abs=1.5)
    assert middling - strict == pytest.approx(7, abs=1.5)


def test_levels_run_from_one_to_four() -> None:
    worst = replace(MIDDLING, outcome=0, kind=False, kindness=0, care=0, communication=0)
    best = replace(MIDDLING, outcome=100, kindness=1, care=1, communication=1)

    assert set(levels(NEUTRAL, worst, CATEGORIES, "seed", 1).values()) <= {1, 2}
    assert set(levels(NEUTRAL, best, CATEGORIES, "seed", 1).values()) <= {3, 4}


def test_kindness_moves_one_category_and_no_outcome() -> None:
    cold = replace(MIDDLING, kind=False)

    assert true_share(cold, "kind") < true_share(MIDDLING, "kind")
    assert true_share(cold, "solves") == true_share(MIDDLING, "solves")


def test_harm_costs_accuracy() -> None:
    harmful = replace(MIDDLING, harm=True)

    assert true_share(harmful, "accurate") < true_share(MIDDLING, "accurate")


def test_a_category_of_the_packs_own_is_scored_as_well() -> None:
    assert 0 < true_share(MIDDLING, "house style") < 1


def test_an_empty_scorecard_scores_nothing() -> None:
    assert score({}, ()) == expected_score(MIDDLING, ()) == 0.0
