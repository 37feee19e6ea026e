from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.cast import Cast
from tests.factories.cohort import Started
from tests.factories.reviews import (
    SAID,
    WORKED_UNTIL,
    a_card,
    a_form,
    a_review,
    a_worked_cohort,
    solve,
    tickets_of,
)
from tests.queries import count_queries
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.models import Case, Message, MessageKind
from trialsim.kit.clock import MovableClock
from trialsim.programmes.actions import end_membership
from trialsim.programmes.models import Membership
from trialsim.reviews.actions import submit
from trialsim.reviews.models import DrawKind, Rating, Review, ReviewState

SignsIn = Callable[[Person], Visitor]
NOW = WORKED_UNTIL + timedelta(hours=1)
HIDDEN = "zq-engine-words"


@pytest.fixture
def started(session: Session, cast: Cast, clock: MovableClock) -> Started:
    """Cem's first conversation says his name, and the engine has reasons about it."""
    begun = a_worked_cohort(session, cast, tickets=3)
    ticket = tickets_of(session, begun.trial)[0]
    session.add(
        Message(
            ticket_id=ticket.id or 0,
            kind=MessageKind.CUSTOMER,
            body="Thank you, Cem!",
            why={"turn": [{"text": HIDDEN}]},
            at=WORKED_UNTIL,
        )
    )
    case = session.exec(select(Case).where(Case.ticket_id == ticket.id)).one()
    case.trace = {
        "parts": [{"kind": "trap", "name": "x", "met": True, "amount": 1.0, "text": HIDDEN}]
    }
    session.commit()
    clock.move(NOW - clock.now())
    return begun


def a_waiting(session: Session, started: Started, reviewer: Person, **changes: object) -> Review:
    ticket = tickets_of(session, started.trial)[0]
    return a_review(session, started.trial, ticket, reviewer, **changes)


def a_released(session: Session, started: Started, reviewer: Person) -> Review:
    review = a_waiting(session, started, reviewer)
    submit(session, review, a_card(), by=reviewer, now=NOW, version=1)
    session.commit()
    return review


def stored(session: Session, review: Review) -> Review:
    session.expire_all()
    found = session.get_one(Review, review.id)
    session.commit()
    return found


def test_list_tells_why_and_by_when(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    review = a_waiting(session, started, cast.mina)

    page = as_person(cast.mina).get("/reviews")

    assert page.status_code == 200
    assert "1 review waits for you, about 8 min in all" in page.text
    assert "Drawn by chance from" in page.text
    assert "Due" in page.text
    assert f"/reviews/{review.public_id}" in page.text


@pytest.mark.usefixtures("started")
def test_empty_list_says_what_comes(cast: Cast, as_person: SignsIn) -> None:
    page = as_person(cast.mina).get("/reviews")

    assert "Nothing to review. New conversations arrive" in page.text


def test_candidate_is_a_code_wherever_the_reviewer_looks(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    review = a_waiting(session, started, cast.mina)
    mentor = as_person(cast.mina)

    pages = mentor.get(f"/reviews/{review.public_id}").text + mentor.get("/reviews").text

    assert f"Thank you, {started.trial.code}!" in pages
    assert cast.cem.name not in pages
    assert cast.cem.email not in pages
    assert cast.cem.public_id not in pages


def test_nothing_of_the_engine_or_of_others_shows_before_the_own_score(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    other = a_waiting(session, started, cast.mika, is_second=True)
    card = a_card("Words of the other")
    submit(session, other, card, by=cast.mika, now=NOW, version=1)
    review = a_waiting(session, started, cast.mina)
    mentor = as_person(cast.mina)

    before = mentor.get(f"/reviews/{review.public_id}").text
    mentor.post(f"/reviews/{review.public_id}", a_form())
    after = mentor.get(f"/reviews/{review.public_id}").text

    assert HIDDEN not in before
    assert "Words of the other" not in before
    assert "Mika is scoring this too" in before
    assert HIDDEN in after
    assert "Words of the other" in after


def test_submission_stores_the_card_and_leads_to_the_next(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    review = a_waiting(session, started, cast.mina)
    later = a_review(session, started.trial, tickets_of(session, started.trial)[1], cast.mina)

    answer = as_person(cast.mina).post(
        f"/reviews/{review.public_id}", a_form(solves="4", team="na", kind__comment="Warm.")
    )

    rows = {
        row.category: row
        for row in session.exec(select(Rating).where(Rating.review_id == review.id))
    }
    assert answer.status_code == 303
    assert answer.location == f"/reviews/{later.public_id}"
    assert stored(session, review).state is ReviewState.SUBMITTED
    assert (rows["solves"].level, rows["team"].level, rows["kind"].comment) == (4, None, "Warm.")


def test_last_submission_leads_back_to_the_list(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    review = a_waiting(session, started, cast.mina)

    answer = as_person(cast.mina).post(f"/reviews/{review.public_id}", a_form())

    assert answer.location == "/reviews"


def test_incomplete_form_comes_back_filled_with_what_is_missing(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    review = a_waiting(session, started, cast.mina)
    form = a_form(solves="1", solves__comment="Left as it was.", easy="")

    page = as_person(cast.mina).post(f"/reviews/{review.public_id}", form)

    assert page.status_code == 422
    assert "Left as it was." in page.text
    assert "Easy to read: please choose a level" in page.text
    assert "Solves the problem: this level needs a quote." in page.text
    assert stored(session, review).state is ReviewState.WAITING


def test_critical_failure_with_quote_and_reason_fails_the_reply(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    review = a_waiting(session, started, cast.mina)
    form = a_form(failure="promise", failure_quote=SAID[:40], failure_reason="It never was so.")

    answer = as_person(cast.mina).post(f"/reviews/{review.public_id}", form)

    assert answer.status_code == 303
    assert stored(session, review).failed_critical


def test_draft_is_kept_and_shown_again(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    review = a_waiting(session, started, cast.mina)
    mentor = as_person(cast.mina)

    saved = mentor.post(
        f"/reviews/{review.public_id}",
        {"do": "save", "version": 1, "kind": "4", "kind.comment": "Half a thought"},
    )
    page = mentor.get(saved.location)

    assert saved.location == f"/reviews/{review.public_id}"
    assert "Half a thought" in page.text
    assert "1 of 6 rated" in page.text


def test_autosave_answers_with_words_and_no_page(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    review = a_waiting(session, started, cast.mina)
    mentor = as_person(cast.mina)

    first = mentor.post(f"/reviews/{review.public_id}/draft", {"version": 1, "kind": "4"})
    second = mentor.post(f"/reviews/{review.public_id}/draft", {"version": 1, "kind": "3"})

    row = session.exec(select(Rating).where(Rating.category == "kind")).one()
    assert (first.text, second.status_code) == ("Draft saved 10:00", 200)
    assert row.level == 3


def test_second_tab_gets_its_text_back(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    review = a_waiting(session, started, cast.mina)
    mentor = as_person(cast.mina)
    mentor.post(f"/reviews/{review.public_id}", {"do": "save", "version": 1, "comment": "One"})

    late = mentor.post(f"/reviews/{review.public_id}", a_form(comment="From the second tab"))

    assert late.status_code == 409
    assert "From the second tab" in late.text
    assert stored(session, review).comment == "One"


def test_double_press_submits_once(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    review = a_waiting(session, started, cast.mina)
    mentor = as_person(cast.mina)
    form = {**a_form(), "idempotency_key": "one-page"}

    first = mentor.post(f"/reviews/{review.public_id}", form)
    second = mentor.post(f"/reviews/{review.public_id}", form)

    assert (first.status_code, second.status_code) == (303, 303)
    assert second.location == first.location


def test_foreign_fields_change_nothing(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    review = a_waiting(session, started, cast.mina)
    form = {**a_form(), "score": "100", "released_at": "2020-01-01", "reviewer_id": "1"}

    as_person(cast.mina).post(f"/reviews/{review.public_id}", form)

    after = stored(session, review)
    assert after.score == pytest.approx(200 / 3)
    assert after.reviewer_id == cast.mina.id


def test_skip_asks_for_a_reason_and_takes_it_off_the_list(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    review = a_waiting(session, started, cast.mina)
    mentor = as_person(cast.mina)

    bare = mentor.post(f"/reviews/{review.public_id}/skip", {"reason": ""})
    done = mentor.post(f"/reviews/{review.public_id}/skip", {"reason": "I know this person"})
    page = mentor.get(f"/reviews/{review.public_id}")

    assert (bare.status_code, done.status_code) == (422, 303)
    assert stored(session, review).state is ReviewState.SKIPPED
    assert "You skipped this review: I know this person" in page.text
    assert HIDDEN not in page.text


def test_mentor_picks_a_conversation_for_feedback(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    ticket = tickets_of(session, started.trial)[1]
    session.commit()
    mentor = as_person(cast.mina)

    answer = mentor.post("/reviews", {"ticket": ticket.public_id, "reason": "A good one."})
    page = mentor.get(answer.location)

    review = session.exec(select(Review).where(Review.ticket_id == ticket.id)).one()
    assert review.kind is DrawKind.PICKED
    assert "For feedback only" in page.text


@pytest.mark.parametrize("name", ["cem", "noor", "olu", "hana", "zed"])
def test_nobody_else_may_pick(
    session: Session, cast: Cast, started: Started, as_person: SignsIn, name: str
) -> None:
    ticket = tickets_of(session, started.trial)[1]
    session.commit()

    answer = as_person(getattr(cast, name)).post("/reviews", {"ticket": ticket.public_id})

    assert answer.status_code in (403, 404)
    assert session.exec(select(Review)).all() == []


@pytest.mark.parametrize("name", ["mika", "cem", "noor", "olu", "hana", "zed"])
def test_review_exists_for_its_reviewer_alone(
    session: Session, cast: Cast, started: Started, as_person: SignsIn, name: str
) -> None:
    review = a_waiting(session, started, cast.mina)
    visitor = as_person(getattr(cast, name))

    answers = [
        visitor.get(f"/reviews/{review.public_id}"),
        visitor.post(f"/reviews/{review.public_id}", a_form()),
        visitor.post(f"/reviews/{review.public_id}/draft", a_form()),
        visitor.post(f"/reviews/{review.public_id}/skip", {"reason": "Mine."}),
    ]

    assert [one.status_code for one in answers] == [404, 404, 404, 404]
    assert stored(session, review).state is ReviewState.WAITING


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("name", ["cem", "olu", "hana", "zed"])
def test_list_of_reviews_exists_for_mentors_alone(
    cast: Cast, as_person: SignsIn, name: str
) -> None:
    assert as_person(getattr(cast, name)).get("/reviews").status_code == 404


def test_mentor_whose_role_has_ended_is_out_at_once(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    review = a_waiting(session, started, cast.mina)
    mentor = as_person(cast.mina)
    held = session.exec(select(Membership).where(Membership.person_id == cast.mina.id)).one()
    end_membership(session, held, by=cast.olu, now=NOW)
    session.commit()

    assert mentor.get(f"/reviews/{review.public_id}").status_code == 404
    assert mentor.get("/reviews").status_code == 404


@pytest.mark.usefixtures("started")
def test_unknown_and_malformed_ids_are_no_page(cast: Cast, as_person: SignsIn) -> None:
    mentor = as_person(cast.mina)

    assert mentor.get("/reviews/r_222222222222").status_code == 404
    assert mentor.get("/reviews/9223372036854775808").status_code == 404
    assert mentor.get("/feedback/r_222222222222").status_code == 404


def test_signed_out_person_is_led_to_sign_in(visitor: Visitor) -> None:
    for path in ("/reviews", "/feedback", "/reviews/r_222222222222", "/feedback/r_222222222222"):
        assert visitor.get(path).status_code == 303


def test_candidate_reads_signed_feedback_once_released(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    review = a_released(session, started, cast.mina)
    candidate = as_person(cast.cem)

    index = candidate.get("/feedback")
    page = candidate.get(f"/feedback/{review.public_id}")

    assert "by Mina" in index.text
    assert "New" in index.text
    assert "Reviewed by Mina" in page.text
    assert "Keep the opening. Try a date." in page.text
    assert "The cause is found by asking or looking" in page.text
    assert cast.mina.email not in page.text


def test_candidate_sees_nothing_of_the_engine(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    review = a_released(session, started, cast.mina)
    candidate = as_person(cast.cem)

    pages = candidate.get(f"/feedback/{review.public_id}").text + candidate.get("/feedback").text

    assert HIDDEN not in pages
    assert "engine" not in pages


def test_feedback_before_its_release_does_not_exist(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    review = a_waiting(session, started, cast.mina)
    a_waiting(session, started, cast.mika, is_second=True)
    submit(session, review, a_card(), by=cast.mina, now=NOW, version=1)
    session.commit()
    candidate = as_person(cast.cem)

    index = candidate.get("/feedback")
    page = candidate.get(f"/feedback/{review.public_id}")
    mark = candidate.post(f"/feedback/{review.public_id}/reading")

    assert "No feedback yet" in index.text
    assert (page.status_code, mark.status_code) == (404, 404)


@pytest.mark.parametrize("name", ["noor", "mina", "mika", "olu", "hana", "zed"])
def test_feedback_exists_for_its_candidate_alone(
    session: Session, cast: Cast, started: Started, as_person: SignsIn, name: str
) -> None:
    review = a_released(session, started, cast.mina)
    visitor = as_person(getattr(cast, name))

    page = visitor.get(f"/feedback/{review.public_id}")
    mark = visitor.post(f"/feedback/{review.public_id}/reading")

    assert (page.status_code, mark.status_code) == (404, 404)
    assert stored(session, review).read_at is None


def test_reading_is_marked_once_and_the_mentor_sees_it(
    session: Session, cast: Cast, started: Started, as_person: SignsIn, clock: MovableClock
) -> None:
    review = a_released(session, started, cast.mina)
    candidate = as_person(cast.cem)

    first = candidate.post(f"/feedback/{review.public_id}/reading")
    clock.move(timedelta(hours=1))
    candidate.post(f"/feedback/{review.public_id}/reading")
    page = as_person(cast.mina).get(f"/reviews/{review.public_id}")

    assert first.location == "/feedback"
    assert stored(session, review).read_at == NOW
    assert "The candidate read it 10:00" in page.text


def test_what_people_write_is_text_and_never_markup(
    session: Session, cast: Cast, started: Started, as_person: SignsIn
) -> None:
    ticket = tickets_of(session, started.trial)[0]
    solve(session, started.trial, ticket, text="<img src=x onerror=alert(1)> it should disappear")
    review = a_waiting(session, started, cast.mina)
    mentor = as_person(cast.mina)

    before = mentor.get(f"/reviews/{review.public_id}").text
    mentor.post(
        f"/reviews/{review.public_id}", a_form(comment="<script>alert(2)</script> keep it up")
    )
    after = as_person(cast.cem).get(f"/feedback/{review.public_id}").text

    assert "<img" not in before
    assert "<script>alert" not in after
    assert "keep it up" in after


def test_pages_ask_the_database_little_however_long_the_list(
    session: Session, cast: Cast, started: Started, as_person: SignsIn, engine: Engine
) -> None:
    reviews = [
        a_review(session, trial, ticket, cast.mina)
        for trial in started.trials
        for ticket in tickets_of(session, trial)
    ]
    mentor = as_person(cast.mina)

    with count_queries(engine) as for_list:
        mentor.get("/reviews")
    with count_queries(engine) as for_review:
        mentor.get(f"/reviews/{reviews[0].public_id}")

    assert len(for_list) <= 4
    assert len(for_review) <= 9
