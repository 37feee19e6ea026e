"""A snapshot holds what the measurement floor says of what was planted, and stays as it is."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from tests.cast import Cast
from tests.factories.insights import Measured, Plan, a_measured_cohort, an_empty_cohort
from tests.queries import count_queries
from trialsim.insights.actions import REFRESH_EVERY, refresh, refresh_apart, take_snapshot, versions
from trialsim.insights.drawings import EMPTY_RAMP, EMPTY_SMALL
from trialsim.insights.frozen import Json, estimate_of
from trialsim.insights.models import Snapshot, TrialMeasures
from trialsim.insights.observed import Observations, canonical, hash_of
from trialsim.insights.queries import latest, trial_measures
from trialsim.insights.queries.observations import observations
from trialsim.measurement.agreement import Rating, agreement
from trialsim.measurement.quality import fair_scores
from trialsim.measurement.ramp import FEWEST_BLOCKS, FEWEST_TICKETS, ramp_curves
from trialsim.reviews.models import DrawKind, Review
from trialsim.room.models import Post
from trialsim.room.rules import PostKind
from trialsim.trials.models import TimeEntry
from trialsim.trials.rules import TrialState, WorkKind

FIRST_DAYS = Plan(candidates=2, days=4)


@pytest.fixture
def planted(session: Session, cast: Cast) -> Measured:
    return a_measured_cohort(session, cast)


def parts_of(session: Session, snapshot: Snapshot, planted: Measured) -> dict[str, Json]:
    parts = trial_measures(session, snapshot, [trial.id or 0 for trial in planted.trials])
    return {part["code"]: part for part in parts.values()}


def seen(session: Session, planted: Measured) -> Observations:
    return observations(session, planted.cohort, planted.now)


def test_reply_quality_is_what_the_estimator_says(session: Session, planted: Measured) -> None:
    scores = fair_scores(seen(session, planted).reviews)

    parts = parts_of(session, take_snapshot(session, planted.cohort, planted.now), planted)

    for code, found in scores.candidates.items():
        level = estimate_of(parts[code]["quality"]["level"])
        assert level.value == pytest.approx(found.level.value, abs=1e-4)
        assert level.low == pytest.approx(found.level.low, abs=1e-4)
        assert (level.n, parts[code]["quality"]["raters"]) == (found.level.n, 2)


def test_ramp_is_what_the_estimator_says(session: Session, planted: Measured) -> None:
    trials = seen(session, planted).trials
    ramps = ramp_curves(
        [row for one in trials for row in one.tickets],
        80.0,
        hours_so_far={one.code: one.hours_so_far for one in trials},
        timesheets={one.code: one.timesheet for one in trials},
    )

    parts = parts_of(session, take_snapshot(session, planted.cohort, planted.now), planted)

    for code, ramp in ramps.items():
        stored = parts[code]["ramp"]
        assert stored["level"]["value"] == pytest.approx(ramp.level.value, abs=1e-4)
        assert stored["curve"][-1][2] == pytest.approx(ramp.curve[-1].value, abs=1e-4)
        assert stored["curve"][0][1] == pytest.approx(ramp.curve[0].day, abs=1e-4)
        assert len(stored["days"]) == len(ramp.days)


def test_agreement_counts_conversations_scored_twice(session: Session, planted: Measured) -> None:
    scored = seen(session, planted).scored
    ratings = [Rating(one.ticket, one.rater, dict(one.levels)["kind"]) for one in scored]

    body = take_snapshot(session, planted.cohort, planted.now).body

    found = body["agreement"]["categories"]["kind"]
    assert found["value"] == pytest.approx(agreement(ratings).value, abs=1e-4)
    assert found["n"] == len(_scored_twice(session))


def test_stricter_reviewer_has_the_higher_severity(
    session: Session, cast: Cast, planted: Measured
) -> None:
    body = take_snapshot(session, planted.cohort, planted.now).body

    assert body["severity"][str(cast.mika.id)]["low"] > 0
    assert body["severity"][str(cast.mina.id)]["high"] < 0


def test_same_inputs_give_the_same_bytes_and_no_new_row(
    session: Session, planted: Measured
) -> None:
    first = take_snapshot(session, planted.cohort, planted.now)
    before = canonical([first.body, parts_of(session, first, planted)])

    again = take_snapshot(session, planted.cohort, planted.now)

    _forget(session)
    anew = take_snapshot(session, planted.cohort, planted.now)
    assert again is first
    assert canonical([anew.body, parts_of(session, anew, planted)]) == before
    assert anew.input_hash == first.input_hash


def test_changed_review_changes_the_hash_and_the_figures(
    session: Session, planted: Measured
) -> None:
    before = take_snapshot(session, planted.cohort, planted.now)
    old_hash, old = before.input_hash, parts_of(session, before, planted)
    review = session.exec(select(Review).order_by(col(Review.id))).first()
    assert review is not None
    review.score = 0.0
    session.add(review)

    after = take_snapshot(session, planted.cohort, planted.now)

    assert after.input_hash != old_hash
    assert parts_of(session, after, planted)["K1"]["quality"] != old["K1"]["quality"]


def test_picked_reviews_are_never_observed(session: Session, planted: Measured) -> None:
    before = len(seen(session, planted).reviews)
    review = session.exec(select(Review).order_by(col(Review.id))).first()
    assert review is not None
    review.kind = DrawKind.PICKED
    session.add(review)

    assert len(seen(session, planted).reviews) == before - 1


def test_new_formula_asks_for_a_new_snapshot(session: Session, planted: Measured) -> None:
    observed = seen(session, planted)

    assert hash_of(observed, versions()) != hash_of(observed, {**versions(), "ramp": "2"})


def test_last_snapshot_of_a_day_replaces_earlier_ones(session: Session, planted: Measured) -> None:
    take_snapshot(session, planted.cohort, planted.now - timedelta(days=1))
    take_snapshot(session, planted.cohort, planted.now - timedelta(hours=2))

    take_snapshot(session, planted.cohort, planted.now)

    kept = session.exec(select(Snapshot).order_by(col(Snapshot.day))).all()
    parts = session.exec(select(func.count()).select_from(TrialMeasures)).one()
    assert [one.day for one in kept] == [17, 18]
    assert parts == 2 * len(planted.trials)


def test_refresh_asks_once_an_hour_and_otherwise_costs_one_query(
    session: Session, engine: Engine, planted: Measured
) -> None:
    first = refresh(session, planted.cohort, planted.now)

    with count_queries(engine) as asked:
        soon = refresh(session, planted.cohort, planted.now + REFRESH_EVERY / 2)
    later = refresh(session, planted.cohort, planted.now + REFRESH_EVERY)

    assert (soon.id, len(asked)) == (first.id, 1)
    assert later.checked_at == planted.now + REFRESH_EVERY


def test_refreshing_apart_adds_one_snapshot_and_then_checks_it(
    session: Session, engine: Engine, planted: Measured
) -> None:
    for hours in (0, 0.5, 1, 1.5, 2):
        refresh_apart(engine, planted.cohort, planted.now + timedelta(hours=hours))

    (found,) = session.exec(select(Snapshot)).all()
    assert found.taken_at == planted.now  # off the clock nothing changed
    assert found.checked_at == planted.now + timedelta(hours=2)
    assert len(parts_of(session, found, planted)) == len(planted.trials)


@pytest.mark.parametrize("plan", [Plan(candidates=2, days=5), Plan(candidates=6, days=12)])
def test_observing_asks_ten_queries_at_any_size(
    session: Session, engine: Engine, cast: Cast, plan: Plan
) -> None:
    planted = a_measured_cohort(session, cast, plan)
    planted_ids = [trial.id for trial in planted.trials]
    session.expire_all()
    session.refresh(planted.cohort)

    with count_queries(engine) as asked:
        observed = seen(session, planted)

    assert len(asked) <= 10
    assert [one.trial_id for one in observed.trials] == planted_ids


def test_first_days_refuse_curve_level_and_agreement(session: Session, cast: Cast) -> None:
    planted = a_measured_cohort(session, cast, FIRST_DAYS)

    snapshot = take_snapshot(session, planted.cohort, planted.now)

    part = parts_of(session, snapshot, planted)["K1"]
    assert part["ramp"]["level"]["value"] is None
    assert part["ramp"]["level"]["needs_more"] == FEWEST_TICKETS - part["ramp"]["tickets"]
    assert part["ramp"]["curve"] == []
    assert snapshot.body["agreement"]["overall"]["words"] == "too few tickets scored twice to say"
    assert f"{EMPTY_SMALL} in {FEWEST_BLOCKS} work blocks" == EMPTY_RAMP
    assert f"Appears after {FEWEST_TICKETS} tickets" == EMPTY_SMALL


def test_cohort_without_trials_gives_an_empty_snapshot(session: Session, cast: Cast) -> None:
    cohort = an_empty_cohort(session, cast)

    snapshot = take_snapshot(session, cohort, cohort.created_at)

    assert snapshot.body["trials"] == 0
    assert latest(session, cohort.id or 0) == snapshot


def test_pause_leaves_no_trace_in_paid_hours(session: Session, planted: Measured) -> None:
    now = seen(session, planted).trials[0]
    later = observations(session, planted.cohort, planted.now + timedelta(days=5)).trials[0]

    assert later.hours_so_far == now.hours_so_far
    assert later.spans == now.spans
    assert later.timesheet == now.timesheet


def test_running_block_counts_until_now(session: Session, planted: Measured) -> None:
    trial = planted.trials[0]
    before = seen(session, planted).trials[0].hours_so_far
    session.add(
        TimeEntry(
            trial_id=trial.id or 0,
            kind=WorkKind.TICKETS,
            started_at=planted.now - timedelta(minutes=30),
        )
    )

    assert seen(session, planted).trials[0].hours_so_far == pytest.approx(before + 0.5)


def test_closed_trial_is_observed_until_it_was_closed(session: Session, planted: Measured) -> None:
    for trial in planted.trials:
        trial.state, trial.closed_at = TrialState.CLOSED, planted.now
        session.add(trial)
    first = take_snapshot(session, planted.cohort, planted.now)

    later = take_snapshot(session, planted.cohort, planted.now + timedelta(days=9))

    assert later.id == first.id


def test_answer_to_a_mentor_is_counted_in_own_hours(session: Session, planted: Measured) -> None:
    trial = planted.trials[0]
    evening = planted.now.replace(hour=20, minute=0)
    rows = ((trial.mentor_id, evening), (trial.person_id, evening + timedelta(hours=13, minutes=7)))
    for author, at in rows:
        session.add(
            Post(
                trial_id=trial.id or 0,
                author_id=author or 0,
                kind=PostKind.MESSAGE,
                body="?",
                at=at,
            )
        )
    session.flush()

    observed = observations(session, planted.cohort, evening + timedelta(days=1))

    assert observed.trials[0].asked[-1].minutes == 67  # the day begins at eight


def _scored_twice(session: Session) -> list[int]:
    query = (
        select(Review.ticket_id)
        .where(Review.kind == DrawKind.DRAWN)
        .group_by(col(Review.ticket_id))
        .having(func.count() > 1)
    )
    return list(session.exec(query))


def _forget(session: Session) -> None:
    for model in (TrialMeasures, Snapshot):
        for row in session.exec(select(model)):
            session.delete(row)
        session.flush()
