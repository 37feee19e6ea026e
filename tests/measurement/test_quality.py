from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from tests.measurement.planted import COHORT, SKEWED, planted_reviews, reviews
from trialsim.measurement.quality import fair_scores
from trialsim.measurement.study.designs import Design
from trialsim.measurement.study.planted_reviews import PlantedReviews
from trialsim.measurement.types import Call, FairScores, ReviewRow

SEEDS = range(20)


@cache
def studied(design: Design) -> list[tuple[PlantedReviews, FairScores]]:
    cohorts = [planted_reviews(seed, design) for seed in SEEDS]
    return [(planted, fair_scores(planted.rows, 28)) for planted in cohorts]


def error(planted: PlantedReviews, scores: dict[str, float]) -> float:
    gaps = np.array([scores[name] - level for name, level in planted.levels.items()])
    return float(np.sqrt(np.mean((gaps - gaps.mean()) ** 2)))


def levels(scores: FairScores) -> dict[str, float]:
    known = {name: one.level.value for name, one in scores.candidates.items()}
    return {name: value for name, value in known.items() if value is not None}


def naive(scores: FairScores) -> dict[str, float]:
    known = {name: one.naive.value for name, one in scores.candidates.items()}
    return {name: value for name, value in known.items() if value is not None}


def test_adjusted_levels_are_nearer_the_truth_than_plain_means() -> None:
    studies = studied(COHORT)

    adjusted = np.mean([error(planted, levels(scores)) for planted, scores in studies])
    plain = np.mean([error(planted, naive(scores)) for planted, scores in studies])
    assert adjusted <= 0.7 * plain


def test_unequal_queues_do_not_mislead_the_levels() -> None:
    studies = studied(SKEWED)

    adjusted = np.mean([error(planted, levels(scores)) for planted, scores in studies])
    plain = np.mean([error(planted, naive(scores)) for planted, scores in studies])
    assert adjusted <= 0.5 * plain


def test_nine_of_ten_ranges_of_differences_hold_the_truth() -> None:
    hits = [
        pair.low <= planted.levels[pair.a] - planted.levels[pair.b] <= pair.high
        for planted, scores in studied(COHORT)
        for pair in scores.pairs
        if pair.low is not None and pair.high is not None
    ]

    assert 0.86 <= np.mean(hits) <= 0.96


def test_most_level_ranges_hold_the_truth() -> None:
    hits = [
        one.level.low <= planted.levels[name] <= one.level.high
        for planted, scores in studied(COHORT)
        for name, one in scores.candidates.items()
        if one.level.low is not None and one.level.high is not None
    ]

    assert 0.80 <= np.mean(hits) <= 0.96


def test_called_pairs_are_right() -> None:
    right = [
        (pair.call is Call.FIRST) == (planted.levels[pair.a] > planted.levels[pair.b])
        for planted, scores in studied(COHORT)
        for pair in scores.pairs
        if pair.call in (Call.FIRST, Call.SECOND)
    ]

    assert len(right) > 300
    assert np.mean(right) >= 0.95


def test_strict_reviewers_have_positive_severity() -> None:
    for planted, scores in studied(COHORT):
        strictest = max(planted.severities, key=lambda name: planted.severities[name])
        mildest = min(planted.severities, key=lambda name: planted.severities[name])
        strict, mild = (scores.raters[name].severity.value for name in (strictest, mildest))
        assert strict is not None
        assert mild is not None
        assert strict > 0 > mild


def test_hard_scenarios_have_positive_difficulty() -> None:
    for planted, scores in studied(COHORT):
        found = [scores.scenarios[name].value or 0.0 for name in scores.scenarios]
        true = [planted.difficulties[name] for name in scores.scenarios]
        assert np.corrcoef(found, true)[0, 1] > 0.7


def test_reliability_says_how_well_levels_follow_the_truth() -> None:
    said = [scores.reliability or 0.0 for _, scores in studied(COHORT)]
    true = [
        np.corrcoef([levels(scores)[name] for name in planted.levels], [*planted.levels.values()])
        for planted, scores in studied(COHORT)
    ]

    assert np.mean(said) == pytest.approx(np.mean([r[0, 1] ** 2 for r in true]), abs=0.06)


def test_fewer_reviews_leave_more_to_do() -> None:
    late = fair_scores(reviews(3))
    early = fair_scores(reviews(3), last_day=10)

    assert late.reviews_to_reliable == 0
    assert early.reliability is not None
    assert late.reliability is not None
    assert early.reliability < late.reliability


def test_the_order_of_rows_changes_nothing() -> None:
    rows = reviews(1)

    assert fair_scores(rows[::-1]) == fair_scores(rows)


def test_new_names_change_no_figure() -> None:
    rows = reviews(1)
    renamed = [
        replace(row, candidate=f"x{99 - int(row.candidate[1:])}", rater=row.rater[::-1])
        for row in rows
    ]

    before, after = levels(fair_scores(rows)), levels(fair_scores(renamed))
    assert after == pytest.approx({f"x{99 - int(name[1:])}": before[name] for name in before})


def test_adding_points_to_everybody_moves_levels_alone() -> None:
    rows = [replace(row, score=row.score / 2) for row in reviews(1)]
    raised = [replace(row, score=row.score + 20) for row in rows]

    before, after = levels(fair_scores(rows)), levels(fair_scores(raised))
    assert after == pytest.approx({name: level + 20 for name, level in before.items()})


def apart(rows: list[ReviewRow], field: str) -> list[ReviewRow]:
    """Give odd candidates reviewers or scenarios of their own."""
    change: Callable[[ReviewRow], ReviewRow] = {
        "rater": lambda row: replace(row, rater="other " + row.rater),
        "scenario": lambda row: replace(row, scenario="other " + row.scenario),
    }[field]
    return [change(row) if int(row.candidate[1:]) % 2 else row for row in rows]


@pytest.mark.parametrize("field", ["rater", "scenario"])
def test_people_without_shared_reviewers_or_scenarios_are_not_compared(field: str) -> None:
    scores = fair_scores(apart(reviews(2), field))

    for pair in scores.pairs:
        same_side = int(pair.a[1:]) % 2 == int(pair.b[1:]) % 2
        assert (pair.call is Call.NOT_COMPARABLE) is not same_side
        assert (pair.difference is None) is not same_side
    assert any("Cannot compare" in warning for warning in scores.warnings)


def first_of(rows: list[ReviewRow], candidate: str, n: int) -> list[ReviewRow]:
    own = [row for row in rows if row.candidate == candidate][:n]
    return own + [row for row in rows if row.candidate != candidate]


def test_four_reviews_give_no_level() -> None:
    scores = fair_scores(first_of(reviews(2), "c0", 4))

    assert scores.candidates["c0"].level.value is None
    assert scores.candidates["c0"].level.needs_more == 1
    assert any(warning.startswith("c0:") for warning in scores.warnings)
    assert {pair.difference for pair in scores.pairs if "c0" in (pair.a, pair.b)} == {None}


def test_fourteen_reviews_give_a_level_but_no_comparison() -> None:
    scores = fair_scores(first_of(reviews(2), "c0", 14))

    assert scores.candidates["c0"].level.value is not None
    assert {pair.call for pair in scores.pairs if "c0" in (pair.a, pair.b)} == {Call.OPEN}


def test_a_single_reviewer_allows_no_comparison() -> None:
    rows = [replace(row, rater="r0") if row.candidate == "c1" else row for row in reviews(2)]

    scores = fair_scores(rows)

    assert {pair.call for pair in scores.pairs if "c1" in (pair.a, pair.b)} == {Call.OPEN}
    assert "scored by one reviewer" in " ".join(scores.candidates["c1"].level.caveats)


def test_a_reviewer_alone_has_no_severity() -> None:
    scores = fair_scores([replace(row, rater="r0") for row in reviews(2)])

    assert scores.raters["r0"].severity.value is None


def test_equal_scores_call_nobody() -> None:
    scores = fair_scores([replace(row, score=67.0) for row in reviews(2)])

    assert {pair.call for pair in scores.pairs} == {Call.OPEN}
    assert levels(scores) == pytest.approx(dict.fromkeys(levels(scores), 67.0))


def test_queues_of_unequal_difficulty_are_flagged() -> None:
    skewed, even = fair_scores(reviews(2, SKEWED)), fair_scores(reviews(2))

    assert any("Queues differed" in warning for warning in skewed.warnings)
    assert not any("Queues differed" in warning for warning in even.warnings)
    assert "queues differed" in " ".join(skewed.candidates["c0"].level.caveats)


def test_no_reviews_give_no_figures_and_a_warning() -> None:
    scores = fair_scores([])

    assert not scores.candidates
    assert scores.warnings


def test_reviews_on_one_day_still_give_levels() -> None:
    scores = fair_scores([replace(row, day=0.0) for row in reviews(4)])

    assert len(levels(scores)) == 12
