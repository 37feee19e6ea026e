"""A ghost cohort's month through the engine: rows for the measures, and the planted truth."""

from collections import Counter
from functools import cache
from statistics import fmean, pstdev

from tests.simulation.banks import a_pack
from trialsim.simulation.cohort_run import CohortRun, run_cohort
from trialsim.simulation.ghosts import GHOSTS, Quality

PACK = a_pack()


@cache
def a_run(seed: str = "run") -> CohortRun:
    return run_cohort(PACK, seed)


def test_the_same_seed_gives_the_same_rows() -> None:
    assert run_cohort(PACK, "again", GHOSTS[:2], days=8) == run_cohort(
        PACK, "again", GHOSTS[:2], days=8
    )


def test_planted_levels_differ_by_twelve_points_and_more() -> None:
    assert pstdev(a_run().truth.levels.values()) >= 12


def test_every_candidate_has_about_ten_reviews_a_week() -> None:
    reviews = Counter(row.candidate for row in a_run().reviews)

    assert set(reviews) == {ghost.name for ghost in GHOSTS}
    assert all(20 <= count <= 40 for count in reviews.values())


def test_half_of_the_reviews_are_by_another_than_the_own_mentor() -> None:
    for place, ghost in enumerate(GHOSTS):
        raters = [row.rater for row in a_run().reviews if row.candidate == ghost.name]
        own = ("mild", "middling", "strict")[place % 3]
        assert raters.count(own) / len(raters) <= 0.6
        assert len(set(raters)) == 3


def test_scores_and_outcomes_stay_on_their_scale() -> None:
    run = a_run()

    assert all(0 <= row.score <= 100 for row in run.reviews)
    assert all(0 <= row.outcome <= 100 for row in run.tickets)


def test_nothing_is_scored_before_training_is_over_or_after_the_last_day() -> None:
    run = a_run()
    days = [*(row.day for row in run.tickets), *(row.day for row in run.reviews)]

    assert min(days) >= 3
    assert max(days) < 18


def test_paid_hours_of_a_candidate_never_fall() -> None:
    for ghost in GHOSTS:
        hours = [row.hours for row in a_run().tickets if row.candidate == ghost.name]
        assert hours == sorted(hours)


def test_outcomes_follow_the_planted_quality() -> None:
    def mean(quality: Quality) -> float:
        return fmean(row.outcome for row in a_run().tickets if row.quality is quality)

    assert mean(Quality.RIGHT) > 90
    assert mean(Quality.RIGHT) > mean(Quality.PARTIAL) + 20
    assert mean(Quality.PARTIAL) > mean(Quality.HARMFUL)


def test_the_planted_order_is_as_the_names_say() -> None:
    levels, productivity = a_run().truth.levels, a_run().truth.productivity

    assert max(levels, key=levels.__getitem__) == "excellent"
    assert levels["kind but inaccurate"] < levels["average"]
    assert productivity["fast but wrong"] < productivity["excellent"]


def test_severities_are_centred_on_the_mentors_mean() -> None:
    severities = a_run().truth.severities

    assert severities == {"mild": -7.0, "middling": 0.0, "strict": 7.0}


def test_a_run_of_no_days_has_no_rows() -> None:
    run = run_cohort(PACK, "nothing", GHOSTS[:1], days=0)

    assert not run.tickets
    assert not run.reviews
