from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.cast import START, Cast
from tests.factories.cohort import Started
from tests.factories.reviews import (
    WORKED_UNTIL,
    a_card,
    a_review,
    a_worked_cohort,
    tickets_of,
)
from trialsim.accounts.models import Person
from trialsim.journal.models import Fact
from trialsim.kit.errors import Conflict, Invalid
from trialsim.reviews.actions import (
    draw_week,
    keep_draft,
    pick,
    release_due,
    save_draft,
    skip,
    submit,
)
from trialsim.reviews.models import Draw, DrawKind, Rating, Review, ReviewState
from trialsim.reviews.queries import feedback_debt, observation_rows, unread_count, waiting_count
from trialsim.reviews.rules.scoring import Card, Rated

NOW = WORKED_UNTIL + timedelta(hours=1)
DAY = timedelta(hours=24)


@pytest.fixture
def started(session: Session, cast: Cast) -> Started:
    return a_worked_cohort(session, cast, tickets=3, mentors=("mina", "mika", "olu"))


def a_waiting(session: Session, started: Started, reviewer: Person, **changes: object) -> Review:
    ticket = tickets_of(session, started.trial)[0]
    return a_review(session, started.trial, ticket, reviewer, **changes)


def test_submitted_scorecard_gets_its_score(session: Session, cast: Cast, started: Started) -> None:
    review = a_waiting(session, started, cast.mina)

    submit(session, review, a_card(solves=4, team=None), by=cast.mina, now=NOW, version=1)

    assert review.state is ReviewState.SUBMITTED
    assert review.score == pytest.approx((30 * 100 + 65 * 200 / 3) / 95)
    assert not review.failed_critical


def test_incomplete_scorecard_is_refused_and_stays_a_draft(
    session: Session, cast: Cast, started: Started
) -> None:
    review = a_waiting(session, started, cast.mina)

    with pytest.raises(Invalid) as refused:
        submit(session, review, Card(), by=cast.mina, now=NOW, version=1)

    assert "solves" in refused.value.fields
    assert review.state is ReviewState.WAITING
    assert review.score is None


def test_draft_keeps_levels_and_words_without_a_score(
    session: Session, cast: Cast, started: Started
) -> None:
    review = a_waiting(session, started, cast.mina)
    card = Card({"kind": Rated(4), "team": Rated(None, "Think about it", is_rated=False)}, "Keep")

    save_draft(session, review, card, version=1)

    rows = {row.category: row for row in session.exec(select(Rating))}
    assert (rows["kind"].level, rows["kind"].is_rated) == (4, True)
    assert (rows["team"].comment, rows["team"].is_rated) == ("Think about it", False)
    assert (review.score, review.comment, review.version) == (None, "Keep", 2)


def test_stale_scorecard_overwrites_nothing(session: Session, cast: Cast, started: Started) -> None:
    review = a_waiting(session, started, cast.mina)
    save_draft(session, review, Card({}, "First tab"), version=1)

    for write in (save_draft, keep_draft):
        with pytest.raises(Conflict):
            write(session, review, Card({}, "Second tab"), version=1)

    assert review.comment == "First tab"


def test_autosave_leaves_the_version_to_the_open_page(
    session: Session, cast: Cast, started: Started
) -> None:
    review = a_waiting(session, started, cast.mina)

    keep_draft(session, review, Card({}, "One"), version=1)
    keep_draft(session, review, Card({}, "Two"), version=1)
    submit(session, review, a_card(), by=cast.mina, now=NOW, version=1)

    assert review.state is ReviewState.SUBMITTED


def test_submitted_scorecard_never_changes(session: Session, cast: Cast, started: Started) -> None:
    review = a_waiting(session, started, cast.mina)
    submit(session, review, a_card(), by=cast.mina, now=NOW, version=1)

    with pytest.raises(Conflict):
        submit(session, review, a_card(solves=4), by=cast.mina, now=NOW, version=review.version)

    assert review.score == pytest.approx(200 / 3)


def test_single_score_reaches_the_candidate_at_once(
    session: Session, cast: Cast, started: Started
) -> None:
    review = a_waiting(session, started, cast.mina)

    submit(session, review, a_card(), by=cast.mina, now=NOW, version=1)

    assert review.released_at == NOW
    assert unread_count(session, started.trial) == 1


def test_double_score_is_released_when_both_are_in(
    session: Session, cast: Cast, started: Started
) -> None:
    first = a_waiting(session, started, cast.mina)
    second = a_waiting(session, started, cast.mika, is_second=True)

    submit(session, first, a_card(), by=cast.mina, now=NOW, version=1)
    held_back = first.released_at
    submit(session, second, a_card(), by=cast.mika, now=NOW, version=1)

    assert held_back is None
    assert first.released_at == second.released_at == NOW


def test_promised_day_releases_what_waits_for_a_second_score(
    session: Session, cast: Cast, started: Started
) -> None:
    first = a_waiting(session, started, cast.mina)
    second = a_waiting(session, started, cast.mika, is_second=True)
    submit(session, first, a_card(), by=cast.mina, now=NOW, version=1)

    early = release_due(session, START + DAY - timedelta(minutes=1))
    on_time = release_due(session, START + DAY)
    again = release_due(session, START + DAY)

    assert (early, on_time, again) == (0, 1, 0)
    assert first.released_at == START + DAY
    assert second.released_at is None


def test_score_after_the_promised_day_waits_for_nobody(
    session: Session, cast: Cast, started: Started
) -> None:
    first = a_waiting(session, started, cast.mina)
    a_waiting(session, started, cast.mika, is_second=True)
    late = START + 2 * DAY

    submit(session, first, a_card(), by=cast.mina, now=late, version=1)

    assert first.released_at == late


def test_picked_review_waits_for_no_drawn_one(
    session: Session, cast: Cast, started: Started
) -> None:
    a_waiting(session, started, cast.mina)
    ticket = tickets_of(session, started.trial)[0]
    picked = pick(session, started.trial, ticket, reason="", by=cast.mika, now=NOW)

    submit(session, picked, a_card(), by=cast.mika, now=NOW, version=1)

    assert picked.released_at == NOW


def test_skipping_needs_a_reason(session: Session, cast: Cast, started: Started) -> None:
    review = a_waiting(session, started, cast.mina)

    with pytest.raises(Invalid):
        skip(session, review, started.trial, reason="", by=cast.mina, now=NOW)


def test_skipped_draw_goes_to_another_mentor_and_is_owed_as_before(
    session: Session, started: Started
) -> None:
    draw_week(session, started.cohort, NOW)
    review = session.exec(select(Review).where(Review.kind == DrawKind.DRAWN)).first()
    assert review is not None
    by = session.get_one(Person, review.reviewer_id)

    heir = skip(session, review, started.trial, reason="I know them.", by=by, now=NOW)

    assert heir is not None
    assert heir.reviewer_id != review.reviewer_id
    assert (heir.drawn_at, heir.due_at) == (review.drawn_at, review.due_at)
    assert heir.reviewer_id in _planned(session, heir)
    assert review.state is ReviewState.SKIPPED


def test_skipped_pick_goes_to_nobody(session: Session, cast: Cast, started: Started) -> None:
    ticket = tickets_of(session, started.trial)[0]
    picked = pick(session, started.trial, ticket, reason="", by=cast.mika, now=NOW)

    assert skip(session, picked, started.trial, reason="No time.", by=cast.mika, now=NOW) is None


def test_skipping_by_the_last_other_mentor_frees_the_first_score(
    session: Session, cast: Cast, started: Started
) -> None:
    first = a_waiting(session, started, cast.mina)
    second = a_waiting(session, started, cast.mika, is_second=True)
    submit(session, first, a_card(), by=cast.mina, now=NOW, version=1)

    skip(session, second, started.trial, reason="I know them.", by=cast.mika, now=NOW)

    assert first.released_at == NOW


def test_every_score_and_skip_is_in_the_journal(
    session: Session, cast: Cast, started: Started
) -> None:
    one = a_waiting(session, started, cast.mina)
    other = a_waiting(session, started, cast.mika)

    submit(session, one, a_card(), by=cast.mina, now=NOW, version=1)
    skip(session, other, started.trial, reason="Away.", by=cast.mika, now=NOW)

    kinds = {fact.kind: fact.subject for fact in session.exec(select(Fact))}
    assert kinds["review_submitted"] == one.public_id
    assert kinds["review_skipped"] == other.public_id
    assert kinds["feedback_released"] == one.public_id


def test_only_drawn_and_submitted_reviews_become_observations(
    session: Session, cast: Cast, started: Started
) -> None:
    review = a_waiting(session, started, cast.mina)
    a_waiting(session, started, cast.mika)
    other = tickets_of(session, started.trial)[1]
    picked = pick(session, started.trial, other, reason="", by=cast.mina, now=NOW)
    for one in (review, picked):
        submit(session, one, a_card(team=None), by=cast.mina, now=NOW, version=1)

    (row,) = observation_rows(session, started.cohort.id or 0)

    assert (row.review_id, row.reviewer_id) == (review.id, cast.mina.id)
    assert row.day == pytest.approx(9 / 24)
    assert row.score == review.score
    assert row.levels["solves"] == 3
    assert row.levels["team"] is None
    assert row.scenario_version >= 1


def test_observation_day_counts_in_the_candidates_zone(
    session: Session, cast: Cast, started: Started
) -> None:
    review = a_waiting(session, started, cast.mina)
    submit(session, review, a_card(), by=cast.mina, now=NOW, version=1)
    started.trial.zone = "Asia/Tokyo"
    session.add(started.trial)
    session.flush()

    (row,) = observation_rows(session, started.cohort.id or 0)

    assert row.day == pytest.approx(18 / 24)


def test_debt_is_what_is_overdue_and_unreleased(
    session: Session, cast: Cast, started: Started
) -> None:
    review = a_waiting(session, started, cast.mina)
    a_waiting(session, started, cast.mika, is_second=True)
    cohort_id = started.cohort.id or 0

    in_time = feedback_debt(session, cohort_id, START + DAY)
    late = feedback_debt(session, cohort_id, START + DAY + timedelta(minutes=1))

    assert in_time == {}
    assert late[started.trial.id or 0].count == 1
    assert late[started.trial.id or 0].oldest_due_at == review.due_at


def test_released_feedback_is_no_debt(session: Session, cast: Cast, started: Started) -> None:
    review = a_waiting(session, started, cast.mina)

    submit(session, review, a_card(), by=cast.mina, now=NOW, version=1)

    assert feedback_debt(session, started.cohort.id or 0, START + 3 * DAY) == {}


def test_count_of_waiting_reviews_is_ones_own(
    session: Session, cast: Cast, started: Started
) -> None:
    a_waiting(session, started, cast.mina)

    assert waiting_count(session, cast.mina) == 1
    assert waiting_count(session, cast.mika) == 0
    assert waiting_count(session, cast.zed) == 0


def _planned(session: Session, review: Review) -> set[int | None]:
    draw = session.get_one(Draw, review.draw_id)
    return {draw.reviewer_id, draw.second_id}
