"""The cohort page, one candidate's progress, the cards: who may read them, and what they say."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from tests.cast import START, Cast
from tests.factories.cohort import pack_files
from tests.factories.insights import Measured, Plan, a_measured_cohort, an_empty_cohort
from tests.queries import count_queries
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.insights.actions import take_snapshot
from trialsim.insights.models import Snapshot
from trialsim.kit.clock import MovableClock
from trialsim.measurement.catalogue import MEASURES
from trialsim.programmes.models import Membership
from trialsim.reviews.models import Review, ReviewState
from trialsim.room.models import Post
from trialsim.room.rules import PostKind
from trialsim.scenarios.actions import import_pack
from trialsim.trials.models import ScheduledTicket, TimeEntry, Trial
from trialsim.trials.rules import WorkKind

SignsIn = Callable[[Person], Visitor]
MOST_QUERIES = 8


@pytest.fixture
def planted(session: Session, cast: Cast, clock: MovableClock) -> Measured:
    found = a_measured_cohort(session, cast)
    clock.move(found.now - clock.now())
    return found


def cohort_path(planted: Measured) -> str:
    return f"/cohorts/{planted.cohort.public_id}"


def progress_path(planted: Measured, place: int = 0) -> str:
    return f"/trials/{planted.trials[place].public_id}/progress"


def test_mentor_is_led_to_the_newest_cohort(
    as_person: SignsIn, cast: Cast, planted: Measured
) -> None:
    answer = as_person(cast.mina).get("/cohorts/today")

    assert (answer.status_code, answer.location) == (303, cohort_path(planted))


@pytest.mark.usefixtures("planted")
def test_manager_without_a_cohort_reads_that_there_is_none(as_person: SignsIn, cast: Cast) -> None:
    page = as_person(cast.olu).get("/cohorts/today")

    assert page.status_code == 200
    assert "You mentor no cohort now." in page.text


def test_first_view_freezes_the_figures_once(
    as_person: SignsIn, cast: Cast, session: Session, planted: Measured
) -> None:
    mentor = as_person(cast.mina)

    first, second = mentor.get(cohort_path(planted)), mentor.get(cohort_path(planted))

    assert (first.status_code, second.status_code) == (200, 200)
    assert len(session.exec(select(Snapshot)).all()) == 1


def test_people_stand_in_the_order_of_invitation(
    as_person: SignsIn, cast: Cast, planted: Measured
) -> None:
    page = as_person(cast.mina).get(cohort_path(planted)).text

    places = [page.index(f"/trials/{trial.public_id}/progress") for trial in planted.trials]
    assert places == sorted(places)
    assert "Day 18 of 28." in page
    assert "reached the ready line" in page


def test_page_reads_what_was_frozen_and_measures_nothing(
    as_person: SignsIn, cast: Cast, session: Session, planted: Measured
) -> None:
    mentor = as_person(cast.mina)
    before = mentor.get(progress_path(planted)).text
    for review in session.exec(select(Review)):
        review.score = 0.0
        session.add(review)
    session.commit()

    after = mentor.get(progress_path(planted)).text

    assert _all_together(after) == _all_together(before)


@pytest.mark.parametrize("plan", [Plan(candidates=2, days=12), Plan(candidates=30, days=12)])
def test_cohort_page_asks_at_most_eight_queries(
    as_person: SignsIn,
    cast: Cast,
    session: Session,
    engine: Engine,
    clock: MovableClock,
    plan: Plan,
) -> None:
    planted = a_measured_cohort(session, cast, plan)
    clock.move(planted.now - clock.now())
    take_snapshot(session, planted.cohort, planted.now)
    session.commit()
    mentor = as_person(cast.mina)
    mentor.get("/account")  # notes the visit

    with count_queries(engine) as asked:
        page = mentor.get(cohort_path(planted))

    assert page.status_code == 200
    assert len(asked) <= MOST_QUERIES, "\n".join(asked)


def test_large_cohort_comes_in_pages(
    as_person: SignsIn, cast: Cast, session: Session, clock: MovableClock
) -> None:
    planted = a_measured_cohort(session, cast, Plan(candidates=26, days=4))
    clock.move(planted.now - clock.now())
    mentor = as_person(cast.mina)

    first = mentor.get(cohort_path(planted)).text
    second = mentor.get(f"{cohort_path(planted)}?page=2").text
    beyond = mentor.get(f"{cohort_path(planted)}?page=99999999999999999999")

    assert "1 to 24 of 26" in first
    assert "25 to 26 of 26" in second
    assert planted.trials[25].public_id in second
    assert beyond.status_code == 200


def test_open_question_leads_to_the_room(
    as_person: SignsIn, cast: Cast, session: Session, planted: Measured
) -> None:
    trial = planted.trials[0]
    session.add(
        Post(
            trial_id=trial.id or 0,
            author_id=trial.person_id,
            kind=PostKind.QUESTION,
            body="May I refund twice?",
            at=planted.now - timedelta(hours=2),
        )
    )
    session.commit()

    page = as_person(cast.mina).get(cohort_path(planted)).text

    assert "Cem asked a question" in page
    assert f"/trials/{trial.public_id}/room" in page


def test_owed_feedback_is_told_without_a_name(
    as_person: SignsIn, cast: Cast, session: Session, planted: Measured
) -> None:
    _reopen_newest_review(session, planted, cast.mika)

    page = as_person(cast.mina).get(cohort_path(planted)).text

    assert "Feedback is owed for one conversation" in page


def test_full_week_is_told_by_its_paid_hours(
    as_person: SignsIn, cast: Cast, session: Session, planted: Measured
) -> None:
    session.add(
        TimeEntry(
            trial_id=planted.trials[1].id or 0,
            kind=WorkKind.TALKING,
            started_at=planted.now - timedelta(hours=16),
            ended_at=planted.now - timedelta(hours=12, seconds=30),
        )
    )
    session.commit()

    page = as_person(cast.mina).get(cohort_path(planted)).text

    assert "Noor has logged 19 h 59 of 20 h" in page
    assert "Cem has logged" not in page


def test_blind_codes_never_stand_beside_names(
    as_person: SignsIn, cast: Cast, session: Session, planted: Measured
) -> None:
    for place, trial in enumerate(planted.trials):
        trial.code = f"ZQ{place}"
        session.add(trial)
    session.commit()
    mentor = as_person(cast.mina)

    pages = mentor.get(cohort_path(planted)).text + mentor.get(progress_path(planted)).text

    assert "ZQ" not in pages


def test_young_cohort_shows_what_is_missing(
    as_person: SignsIn, cast: Cast, session: Session, clock: MovableClock
) -> None:
    planted = a_measured_cohort(session, cast, Plan(candidates=2, days=2, reviews_a_week=0))
    clock.move(planted.now - clock.now())
    mentor = as_person(cast.mina)

    page, own = mentor.get(cohort_path(planted)), mentor.get(progress_path(planted))

    assert (page.status_code, own.status_code) == (200, 200)
    assert "Appears after 15 tickets" in page.text
    assert "Appears after 15 tickets in 4 work blocks" in own.text
    assert "Appears after three reviews in a week" in page.text
    assert "Reliability is not known yet" in page.text
    assert "No reviewed conversation yet." in own.text


def test_cohort_without_people_is_an_empty_page(
    as_person: SignsIn, cast: Cast, session: Session
) -> None:
    cohort = an_empty_cohort(session, cast)

    page = as_person(cast.mina).get(f"/cohorts/{cohort.public_id}")

    assert page.status_code == 200
    assert "The cohort has not started." in page.text


def test_progress_leads_to_neighbours_room_and_evidence(
    as_person: SignsIn, cast: Cast, planted: Measured
) -> None:
    page = as_person(cast.mina).get(progress_path(planted, 1)).text

    assert progress_path(planted, 0) in page
    assert progress_path(planted, 2) in page
    assert f"/trials/{planted.trials[1].public_id}/room" in page
    assert page.count('class="evidence"') == 3
    assert "Show the numbers" in page


def test_score_of_another_stays_hidden_before_the_own_one(
    as_person: SignsIn, session: Session, planted: Measured
) -> None:
    reviews = _reviews(session, planted.trials[0])
    kept = reviews[0].ticket_id
    for review in reviews:
        if review.ticket_id != kept:
            review.state = ReviewState.SKIPPED
    second = next(one for one in reviews if one.ticket_id == kept and one.is_second)
    second.state, second.score = ReviewState.WAITING, None
    session.commit()

    waiting = as_person(session.get_one(Person, second.reviewer_id))
    done = as_person(session.get_one(Person, reviews[0].reviewer_id))

    assert "No reviewed conversation yet." in waiting.get(progress_path(planted)).text
    assert 'class="evidence"' in done.get(progress_path(planted)).text


def test_severity_is_told_to_its_reviewer_alone(
    as_person: SignsIn, cast: Cast, planted: Measured
) -> None:
    own = as_person(cast.mika).get(cohort_path(planted)).text
    manager = as_person(cast.olu).get(cohort_path(planted)).text

    assert "points stricter than the average reviewer’s" in own
    assert "milder" not in own
    assert "average reviewer’s" not in manager


@pytest.mark.parametrize("name", ["cem", "noor", "hana", "zed"])
@pytest.mark.parametrize("path", ["cohort", "progress"])
def test_candidates_committee_and_outsiders_find_no_page(
    as_person: SignsIn, cast: Cast, planted: Measured, name: str, path: str
) -> None:
    where = cohort_path(planted) if path == "cohort" else progress_path(planted)

    assert as_person(getattr(cast, name)).get(where).status_code == 404


@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize("name", ["cem", "hana"])
def test_candidates_and_committee_find_no_cohort_today(
    as_person: SignsIn, cast: Cast, name: str
) -> None:
    assert as_person(getattr(cast, name)).get("/cohorts/today").status_code == 404


def test_former_mentor_finds_no_page(
    as_person: SignsIn, cast: Cast, session: Session, planted: Measured
) -> None:
    held = session.exec(select(Membership).where(Membership.person_id == cast.mina.id)).one()
    held.ended_at = planted.now
    session.add(held)
    session.commit()
    mentor = as_person(cast.mina)

    assert mentor.get(cohort_path(planted)).status_code == 404
    assert mentor.get(progress_path(planted)).status_code == 404


def test_foreign_mentor_and_missing_ids_look_alike(
    as_person: SignsIn, cast: Cast, session: Session, planted: Measured
) -> None:
    an_empty_cohort(session, cast, name="Another")
    other = a_measured_cohort(session, cast, Plan(candidates=0))
    held = session.exec(
        select(Membership).where(
            Membership.cohort_id == planted.cohort.id, Membership.person_id == cast.mina.id
        )
    ).one()
    session.delete(held)
    session.commit()
    mentor = as_person(cast.mina)

    assert mentor.get(cohort_path(other)).status_code == 200
    assert mentor.get(cohort_path(planted)).status_code == 404
    assert mentor.get("/cohorts/co_222222222222").status_code == 404
    assert mentor.get("/trials/tr_222222222222/progress").status_code == 404


@pytest.mark.parametrize("path", ["/cohorts/today", "/measures", "/cohorts/co_222222222222"])
def test_signed_out_people_are_led_to_sign_in(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).status_code == 303


def test_every_measure_has_its_card(as_person: SignsIn, cast: Cast) -> None:
    page = as_person(cast.cem).get("/measures").text

    assert [card.key for card in MEASURES if f'id="{card.key}"' not in page] == []


def test_application_starts_without_the_estimators() -> None:
    code = "import sys, trialsim.features; print('numpy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 (our own interpreter)

    assert run.stdout.strip() == "False"


def _all_together(page: str) -> str:
    return page.split("All together", 1)[1].split("</p>", 1)[0]


def _reviews(session: Session, trial: Trial) -> list[Review]:
    query = select(Review).where(Review.trial_id == trial.id).order_by(col(Review.id))
    return list(session.exec(query))


def _reopen_newest_review(session: Session, planted: Measured, by: Person) -> None:
    reviews = [one for one in _reviews(session, planted.trials[0]) if one.reviewer_id == by.id]
    last = reviews[-1]
    last.state, last.score, last.released_at = ReviewState.WAITING, None, None
    last.due_at = planted.now - timedelta(hours=1)
    session.add(last)
    session.commit()


def test_the_day_of_the_incident_is_numbered_on_the_curve_once_it_was_met(
    as_person: SignsIn, cast: Cast, session: Session, planted: Measured
) -> None:
    company = import_pack(session, pack_files(), START)
    trial = session.get_one(Trial, planted.trials[0].id)
    trial.pack_hash = company.hash
    row = ScheduledTicket(trial_id=trial.id or 0, number=900, due_minute=1500, planned={})
    row.incident = True
    session.add_all([trial, row])
    session.commit()
    mentor = as_person(cast.mina)
    before = mentor.get(progress_path(planted)).text
    row.released_at = planted.now
    session.add(row)
    session.commit()

    after = mentor.get(progress_path(planted)).text

    assert "The incident" not in before
    assert "The incident: The mail queue stands still" in after
