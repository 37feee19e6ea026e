from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session
from werkzeug.test import TestResponse

from tests.cast import START, Cast
from tests.factories.cohort import a_live_cohort, a_training_cohort
from tests.factories.inbox import at_work, coming, tickets
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.actions.release import happen
from trialsim.inbox.actions.replies import add_note, set_status
from trialsim.inbox.models import Case, Status
from trialsim.kit.clock import MovableClock
from trialsim.trials.actions import open_live

SignsIn = Callable[[Person], Visitor]


def test_tickets_arrive_once_while_the_clock_is_on(
    session: Session, cast: Cast, as_person: SignsIn, clock: MovableClock
) -> None:
    started = a_live_cohort(session, cast)
    trial, person, first = at_work(session, started, START)
    clock.move(timedelta(minutes=30))

    page = as_person(person).get("/desk")
    again = tickets(session, trial)

    assert page.status_code == 200
    assert len(first) >= 3
    assert [one.id for one in again] == [one.id for one in first]
    assert all(
        one.subject in page.text or one.subject.replace("'", "&#39;") in page.text for one in first
    )


def test_nothing_arrives_while_the_clock_is_off(
    session: Session, cast: Cast, as_person: SignsIn, clock: MovableClock
) -> None:
    a_live_cohort(session, cast)
    clock.move(timedelta(hours=5))

    page = as_person(cast.cem).get("/desk")

    assert "Tickets arrive while you are clocked in" in page.text


def test_training_brings_practice_tickets_only(session: Session, cast: Cast) -> None:
    started = a_training_cohort(session, cast)

    _, _, opened = at_work(session, started, START, minutes=200)

    assert opened
    assert all(one.practice for one in opened)


def test_customer_answers_after_a_delay_and_not_before(
    session: Session, cast: Cast, as_person: SignsIn, clock: MovableClock
) -> None:
    started = a_live_cohort(session, cast)
    _, person, (ticket, *_) = at_work(session, started, START)
    clock.move(timedelta(minutes=30))
    desk = as_person(person)

    sent = _reply(desk, ticket.public_id, "Hello, has anything been changed on the site lately?")
    before = desk.get(f"/tickets/{ticket.public_id}")
    (turn,) = coming(session, ticket)
    clock.move(turn.due_at - clock.now() + timedelta(seconds=1))
    after = as_person(person).get(f"/tickets/{ticket.public_id}")

    assert sent.status_code == 303
    assert before.text.count('<article class="msg"') == 1
    assert after.text.count('<article class="msg"') == 2


def test_reply_without_the_clock_is_kept_and_explained(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    started = a_live_cohort(session, cast)
    _, person, (ticket, *_) = at_work(session, started, START)
    desk = as_person(person)
    desk.post(f"/trials/{started.trial.public_id}/clock/out")

    page = _reply(desk, ticket.public_id, "A careful answer that must survive.")

    assert page.status_code == 409
    assert "clock in first" in page.text
    assert "A careful answer that must survive." in page.text


def test_double_click_sends_one_reply(session: Session, cast: Cast, as_person: SignsIn) -> None:
    started = a_live_cohort(session, cast)
    _, person, (ticket, *_) = at_work(session, started, START)
    desk = as_person(person)
    form = {
        "kind": "public",
        "reply": "Once is enough.",
        "status": "pending",
        "idempotency_key": "k1",
    }

    first = desk.post(f"/tickets/{ticket.public_id}/messages", form)
    second = desk.post(f"/tickets/{ticket.public_id}/messages", form)
    page = desk.get(f"/tickets/{ticket.public_id}")

    assert (first.status_code, second.status_code) == (303, 303)
    assert page.text.count("<p>Once is enough.</p>") == 1


def test_second_tab_is_told_and_keeps_its_text(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    started = a_live_cohort(session, cast)
    _, person, (ticket, *_) = at_work(session, started, START)
    desk = as_person(person)
    stale = {"kind": "public", "status": "pending", "version": ticket.version}

    desk.post(f"/tickets/{ticket.public_id}/messages", {**stale, "reply": "From the first tab."})
    late = desk.post(
        f"/tickets/{ticket.public_id}/messages", {**stale, "reply": "From the second."}
    )

    assert late.status_code == 409
    assert "From the second." in late.text
    assert "in the meantime" in late.text


def test_note_never_reaches_the_customer(session: Session, cast: Cast, as_person: SignsIn) -> None:
    started = a_live_cohort(session, cast)
    _, person, (ticket, *_) = at_work(session, started, START)
    desk = as_person(person)

    desk.post(
        f"/tickets/{ticket.public_id}/messages",
        {"kind": "note", "note": "Send me your password.", "reply": "", "status": "note"},
    )

    assert coming(session, ticket) == []
    assert "Send me your password." in desk.get(f"/tickets/{ticket.public_id}").text


def test_drafts_of_reply_and_note_survive_apart(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    started = a_live_cohort(session, cast)
    _, person, (ticket, *_) = at_work(session, started, START)
    desk = as_person(person)

    saved = desk.post(
        f"/tickets/{ticket.public_id}/drafts", {"reply": "half a reply", "note": "half a note"}
    )
    page = as_person(person).get(f"/tickets/{ticket.public_id}").text

    assert saved.text.startswith("Draft saved")
    assert "half a reply</textarea>" in page
    assert "half a note</textarea>" in page


def test_script_in_a_message_is_text(session: Session, cast: Cast, as_person: SignsIn) -> None:
    started = a_live_cohort(session, cast)
    _, person, (ticket, *_) = at_work(session, started, START)
    desk = as_person(person)

    _reply(
        desk, ticket.public_id, "<script>alert(1)</script> <b>bold</b> ![x](http://x.example/a.png)"
    )
    page = desk.get(f"/tickets/{ticket.public_id}").text

    assert "<script>alert" not in page
    assert "<b>bold" not in page
    assert "<img" not in page


@pytest.mark.parametrize("length", [60_001, 1_000_000])
def test_huge_reply_is_refused_kindly(
    session: Session, cast: Cast, as_person: SignsIn, length: int
) -> None:
    started = a_live_cohort(session, cast)
    _, person, (ticket, *_) = at_work(session, started, START)

    answer = _reply(as_person(person), ticket.public_id, "x" * length)

    assert answer.status_code == 422
    assert "60000 characters" in answer.text


def test_other_candidates_ticket_does_not_exist(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    started = a_live_cohort(session, cast)
    _, _, (ticket, *_) = at_work(session, started, START)
    noor = as_person(cast.noor)

    foreign = noor.get(f"/tickets/{ticket.public_id}")
    missing = noor.get("/tickets/t_222222222222")

    assert foreign.status_code == missing.status_code == 404
    assert _reply(noor, ticket.public_id, "not mine").status_code == 404


def test_mentor_reads_the_reasons_and_cannot_write(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    started = a_live_cohort(session, cast)
    _, person, (ticket, *_) = at_work(session, started, START)
    _reply(as_person(person), ticket.public_id, "Hello, what did you change?")
    mina = as_person(cast.mina)

    page = mina.get(f"/tickets/{ticket.public_id}")

    assert page.status_code == 200
    assert "How this was read" in page.text
    assert _reply(mina, ticket.public_id, "I take over").status_code == 404


def _reply(desk: Visitor, public_id: str, text: str) -> TestResponse:
    return desk.post(
        f"/tickets/{public_id}/messages", {"kind": "public", "reply": text, "status": "pending"}
    )


def test_customer_is_asked_for_a_rating_a_day_after_solving(session: Session, cast: Cast) -> None:
    started = a_live_cohort(session, cast)
    trial, _, (ticket, *_) = at_work(session, started, START)
    solved_at = START + timedelta(minutes=31)
    set_status(session, trial, ticket, status=Status.SOLVED, now=solved_at)

    happen(session, trial, solved_at + timedelta(hours=23))
    before = session.get_one(Case, ticket.id).rating_trace
    happen(session, trial, solved_at + timedelta(hours=24))
    after = session.get_one(Case, ticket.id).rating_trace

    assert before == {}
    assert 1 <= after["value"] <= 5
    assert ticket.rating == (after["value"] if after["answered"] else None)


def test_candidate_reads_the_customers_rating(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    started = a_live_cohort(session, cast)
    _, person, (ticket, *_) = at_work(session, started, START)
    ticket.rating = 4
    session.commit()

    assert "rating 4 of 5" in as_person(person).get(f"/tickets/{ticket.public_id}").text


def test_practice_left_over_holds_no_scored_ticket_back(session: Session, cast: Cast) -> None:
    started = a_training_cohort(session, cast)
    trial, _, practice = at_work(session, started, START, minutes=240)
    mentor = session.get_one(Person, trial.mentor_id)
    open_live(session, trial, by=mentor, now=START + timedelta(minutes=241), reason="Ready.")

    happen(session, trial, START + timedelta(minutes=245))

    scored = [one for one in tickets(session, trial) if not one.practice]
    assert len(practice) >= 3
    assert len(scored) >= 3


def test_waiting_for_a_customer_is_not_work_on_their_ticket(session: Session, cast: Cast) -> None:
    started = a_live_cohort(session, cast)
    trial, person, (ticket, *_) = at_work(session, started, START)
    arrived = START + timedelta(minutes=30)

    add_note(session, trial, ticket, by=person, body="Noted.", now=arrived + timedelta(minutes=4))

    assert ticket.active_seconds == 4 * 60
