from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from tests.cast import START, Cast
from tests.factories.cohort import Started, a_live_cohort
from tests.factories.hours import a_block
from tests.factories.inbox import at_work
from tests.factories.room import a_post
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.journal.models import Fact
from trialsim.kit.clock import MovableClock
from trialsim.room.models import Post
from trialsim.room.rules import PostKind
from trialsim.trials.models import Trial
from trialsim.trials.rules import TrialState

SignsIn = Callable[[Person], Visitor]
UPDATE = {"done": "Six tickets", "stuck": "", "coming": "The domain move"}


@pytest.fixture
def started(session: Session, cast: Cast) -> Started:
    return a_live_cohort(session, cast)


@pytest.fixture
def trial(started: Started) -> Trial:
    return started.trial


@pytest.fixture
def room(trial: Trial) -> str:
    return f"/trials/{trial.public_id}/room"


def posts(session: Session) -> list[Post]:
    session.rollback()
    return list(session.exec(select(Post).order_by(col(Post.id))))


def test_question_of_the_candidate_reaches_every_mentor(
    as_person: SignsIn, cast: Cast, room: str, session: Session
) -> None:
    answer = as_person(cast.cem).post(
        f"{room}/posts", {"kind": "question", "body": "May I refund after 20 days?"}
    )

    (post,) = posts(session)
    assert answer.location == f"{room}#{post.public_id}"
    assert len(session.exec(select(Fact).where(Fact.kind == "room_question")).all()) == 1
    for mentor in (cast.mina, cast.mika):
        assert "May I refund after 20 days?" in as_person(mentor).get(room).text
        assert "May I refund after 20 days?" in as_person(mentor).get("/asked").text


def test_answer_closes_the_question(
    as_person: SignsIn, cast: Cast, room: str, trial: Trial, session: Session
) -> None:
    question = a_post(session, trial, cast.cem, START)

    as_person(cast.mina).post(
        f"{room}/questions/{question.public_id}/answers", {"body": "Fourteen days at most."}
    )

    page = as_person(cast.cem).get(room).text
    assert "Fourteen days at most." in page
    assert "No answer yet" not in page
    assert "Nothing is asked of you now" in as_person(cast.mika).get("/asked").text


def test_unanswered_question_shows_how_long_it_waits_in_own_hours(
    as_person: SignsIn,
    cast: Cast,
    room: str,
    trial: Trial,
    session: Session,
    clock: MovableClock,
) -> None:
    a_post(session, trial, cast.cem, START)  # an hour before the day begins
    clock.move(timedelta(hours=3))

    assert "No answer yet, waiting 2 h" in as_person(cast.cem).get(room).text
    clock.move(timedelta(days=1))
    assert (
        "6 h of their working time, over a working day" in as_person(cast.mina).get("/asked").text
    )


def test_posting_twice_makes_one_post(
    as_person: SignsIn, cast: Cast, room: str, session: Session
) -> None:
    cem = as_person(cast.cem)
    fields = {"kind": "question", "body": "Hello?", "idempotency_key": "one"}

    first = cem.post(f"{room}/posts", fields)
    second = cem.post(f"{room}/posts", fields)

    assert first.location == second.location
    assert len(posts(session)) == 1


def test_daily_update_is_three_lines_once_a_day(
    as_person: SignsIn, cast: Cast, room: str, session: Session, clock: MovableClock
) -> None:
    cem = as_person(cast.cem)
    cem.post(f"{room}/updates", UPDATE)

    again = cem.post(f"{room}/updates", UPDATE)
    clock.move(timedelta(days=1))
    next_day = as_person(cast.cem).post(f"{room}/updates", UPDATE)

    assert again.status_code == 409
    assert "Six tickets" in again.text  # what was typed is given back
    assert next_day.status_code == 303
    assert posts(session)[0].body == "Done: Six tickets\nStuck: Nothing\nNext: The domain move"


def test_hand_over_is_asked_for_after_a_block_until_it_is_there(
    as_person: SignsIn,
    cast: Cast,
    room: str,
    trial: Trial,
    session: Session,
    clock: MovableClock,
) -> None:
    a_block(session, trial, START, minutes=60)
    clock.move(timedelta(hours=2))
    cem = as_person(cast.cem)
    before = cem.get(room).text

    cem.post(f"{room}/hand-overs", {"body": "Marta waits for the bank."})

    assert "You have clocked out" in before
    assert "You have clocked out" not in cem.get(room).text
    assert posts(session)[0].kind is PostKind.HAND_OVER


def test_question_can_name_an_own_ticket_and_no_other(
    as_person: SignsIn, cast: Cast, room: str, started: Started, session: Session
) -> None:
    _, _, (ticket, *_) = at_work(session, started, START)
    foreign = {"kind": "question", "body": "And this?", "ticket": "t_222222222222"}
    cem = as_person(cast.cem)

    cem.post(f"{room}/posts", {**foreign, "ticket": ticket.public_id})

    assert cem.post(f"{room}/posts", foreign).status_code == 404
    assert posts(session)[0].ticket_id == ticket.id


def test_empty_post_is_named_and_nothing_is_stored(
    as_person: SignsIn, cast: Cast, room: str, session: Session
) -> None:
    cem = as_person(cast.cem)

    for path, fields in (
        ("posts", {"kind": "question", "body": "  "}),
        ("updates", {"done": "", "coming": ""}),
        ("hand-overs", {"body": ""}),
    ):
        answer = cem.post(f"{room}/{path}", fields)
        assert answer.status_code == 422
        assert "Please fill this in." in answer.text
    assert posts(session) == []


def test_markup_in_a_post_is_shown_as_text(
    as_person: SignsIn, cast: Cast, room: str, trial: Trial, session: Session
) -> None:
    a_post(session, trial, cast.cem, START, body="<script>alert(1)</script>")

    assert "<script>alert" not in as_person(cast.mina).get(room).text


def test_room_of_a_decided_trial_is_there_to_read_only(
    as_person: SignsIn, cast: Cast, room: str, trial: Trial, session: Session
) -> None:
    trial.state = TrialState.DECIDED
    session.add(trial)
    session.commit()
    cem = as_person(cast.cem)

    assert cem.get(room).status_code == 200
    assert cem.post(f"{room}/posts", {"kind": "message", "body": "Hello"}).status_code == 409


@pytest.mark.parametrize("name", ["noor", "hana", "zed"])
def test_room_of_a_trial_does_not_exist_for_others(
    as_person: SignsIn, cast: Cast, room: str, name: str
) -> None:
    visitor = as_person(getattr(cast, name))

    assert visitor.get(room).status_code == 404
    assert visitor.post(f"{room}/posts", {"kind": "message", "body": "Hi"}).status_code == 404
    assert visitor.post(f"{room}/updates", UPDATE).status_code == 404
    assert visitor.post(f"{room}/hand-overs", {"body": "Hi"}).status_code == 404


def test_managers_read_the_room_and_write_nothing(
    as_person: SignsIn, cast: Cast, room: str
) -> None:
    olu = as_person(cast.olu)

    assert olu.get(room).status_code == 200
    assert olu.post(f"{room}/posts", {"kind": "message", "body": "Hi"}).status_code == 403


def test_mentor_posts_neither_questions_nor_updates_nor_hand_overs(
    as_person: SignsIn, cast: Cast, room: str
) -> None:
    mina = as_person(cast.mina)

    assert mina.post(f"{room}/posts", {"kind": "question", "body": "Hi"}).status_code == 403
    assert mina.post(f"{room}/updates", UPDATE).status_code == 403
    assert mina.post(f"{room}/hand-overs", {"body": "Hi"}).status_code == 403


def test_candidate_cannot_answer_a_question_and_a_mentor_only_in_its_own_room(
    as_person: SignsIn, cast: Cast, started: Started, session: Session
) -> None:
    question = a_post(session, started.trial, cast.cem, START)
    path = "/trials/{}/room/questions/" + question.public_id + "/answers"
    own, other = (path.format(trial.public_id) for trial in started.trials)

    assert as_person(cast.cem).post(own, {"body": "Yes."}).status_code == 403
    assert as_person(cast.mina).post(other, {"body": "Yes."}).status_code == 404


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("name", ["cem", "hana", "olu", "zed"])
def test_list_of_open_questions_is_for_mentors_alone(
    as_person: SignsIn, cast: Cast, name: str
) -> None:
    assert as_person(getattr(cast, name)).get("/asked").status_code == 404


def test_room_in_the_navigation_leads_to_the_own_trial(
    as_person: SignsIn, cast: Cast, room: str
) -> None:
    assert as_person(cast.cem).get("/room").location == room
    assert as_person(cast.mina).get("/room").status_code == 404
