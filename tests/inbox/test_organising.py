"""Keeping the desk in order, through its pages: searching, working through a view, splitting."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from tests.cast import START, Cast
from tests.factories.cohort import Started, a_live_cohort
from tests.factories.inbox import at_work, coming, hidden, late_comer, next_up, tickets
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.actions.replies import add_note, send_reply, set_status
from trialsim.inbox.actions.splitting import split
from trialsim.inbox.models import Case, Message, MessageKind, Status, Ticket
from trialsim.kit.clock import MovableClock
from trialsim.kit.errors import Conflict
from trialsim.trials.models import Trial

SignsIn = Callable[[Person], Visitor]
NOW = START + timedelta(minutes=30)


def two_matters(session: Session, started: Started) -> None:
    """The next ticket asks about two things."""
    trial = session.get_one(Trial, started.trial.id)
    next_up(
        session,
        trial,
        {
            "scenario": "checkout-plugin-conflict",
            "joined": "slow-images",
            "channel": "email",
            "customer": late_comer(session, trial),
        },
    )


def opening(session: Session, ticket: Ticket) -> Message:
    messages = select(Message).where(Message.ticket_id == ticket.id).order_by(col(Message.id))
    return session.exec(messages.limit(1)).one()


def found(desk: Visitor, words: str) -> str:
    page = desk.client.get("/desk", query_string={"q": words})
    assert page.status_code == 200
    return page.text


def test_search_finds_what_was_just_written_in_any_spelling_and_nobody_elses(
    session: Session, cast: Cast, as_person: SignsIn, clock: MovableClock
) -> None:
    started = a_live_cohort(session, cast)
    trial, person, (ticket, other, *_) = at_work(session, started, START)
    clock.move(timedelta(minutes=30))
    desk, link = as_person(person), f"/tickets/{ticket.public_id}"
    assert "Nothing found" in found(desk, "zwölfklee")
    add_note(session, trial, ticket, by=person, body="Der Zwölfklee-Wert: 東京都 7341%", now=NOW)
    session.commit()

    for words in ("zwolf", '"zwölfklee wert"', "京都", "7341%", "status:new klee-wert zwolf"):
        hit = link in (page := found(desk, words))
        assert hit is ("klee-wert" not in words)
        assert f"/tickets/{other.public_id}" not in page
    assert "<mark>Zwölf</mark>klee" in found(desk, "zwolf")
    assert link in found(desk, str(ticket.number))
    assert link not in found(desk, "zwolf status:solved")
    assert link not in found(as_person(cast.noor), "zwolf")
    for words in ('"', "'\"*()", "NEAR(a b)", "a AND", "x" * 2000, "😀", "שלום", "tag:", "\x00"):
        found(desk, words)


def test_start_work_goes_through_a_view_and_tells_the_mentor_what_was_skipped(
    session: Session, cast: Cast, as_person: SignsIn, clock: MovableClock
) -> None:
    started = a_live_cohort(session, cast)
    trial, person, (first, second, third, *_) = at_work(session, started, START)
    clock.move(timedelta(minutes=30))
    desk = as_person(person)
    address = f"/tickets/{first.public_id}"
    desk.post(f"{address}/details", {"priority": "urgent", "type": "problem", "tag": "Bank"})
    desk.post("/views", {"name": "Bank", "conditions": "tag:bank", "sort": "priority"})
    desk.post(f"/tickets/{third.public_id}/problem", {"number": f"#{first.number}"})

    began = desk.get("/desk/reply/next").location
    skipped = desk.post(f"{address}/skip?view=reply&work=1", {"reason": "No access yet"}).location
    then = desk.get(skipped).location
    desk.post(f"/tickets/{second.public_id}/snooze", {"preset": "tomorrow"})
    asleep = desk.get("/desk/reply").text
    preview = desk.post("/desk/reply/selection", {"ticket": third.public_id, "status": "hold"})
    before = session.get_one(Ticket, third.id).status
    session.rollback()
    desk.post("/desk/reply/changes", {"ticket": third.public_id, "status": "hold"})
    clock.move(timedelta(days=1, hours=1))
    awake = as_person(person).get("/desk/reply").text
    session.expire_all()
    history = as_person(person).get(f"{address}/history").text

    assert (first.public_id in began, second.public_id in then) == (True, True)
    assert second.public_id not in asleep
    assert second.public_id in awake
    assert ("new → hold" in preview.text, before) == (True, Status.NEW)
    assert session.get_one(Ticket, third.id).status is Status.HOLD
    assert session.get_one(Ticket, third.id).problem_id == first.id
    assert "Tags changed from none to bank" in history
    assert "No access yet" in as_person(cast.mina).get(f"/trials/{trial.public_id}/skips").text


def test_second_matter_is_split_off_and_both_are_settled(session: Session, cast: Cast) -> None:
    started = a_live_cohort(session, cast)
    two_matters(session, started)
    trial, person, (ticket, *others) = at_work(session, started, START)
    plain = next(one for one in others if not session.get_one(Case, one.id).second)
    ask = "Hello, has anything been added to the shop lately? And how large are the pictures?"
    send_reply(session, trial, ticket, by=person, body=ask, status=Status.PENDING, now=NOW)
    minutes = session.get_one(Case, ticket.id).par_minutes
    scenarios = [form.scenario.id for form in hidden(session, trial, ticket).forms]

    with pytest.raises(Conflict, match="one matter"):
        split(session, trial, plain, opening(session, plain), subject="No", by=person, now=NOW)
    off = split(
        session, trial, ticket, opening(session, ticket), subject="Slow", by=person, now=NOW
    )
    session.commit()
    turns = [*coming(session, ticket), *coming(session, off)]
    for one in (ticket, off):
        send_reply(session, trial, one, by=person, body=ask, status=Status.PENDING, now=NOW)
        set_status(session, trial, one, status=Status.SOLVED, now=NOW)

    cases = [session.get_one(Case, one.id) for one in (ticket, off)]
    assert turns
    assert all(len(turn.turn["parts"]) == 1 for turn in turns)
    assert [case.scenario for case in cases] == scenarios
    assert sum(case.par_minutes for case in cases) == pytest.approx(minutes)
    assert all(case.outcome is not None and not case.second for case in cases)
    assert off.number == max(one.number for one in tickets(session, trial))
    assert opening(session, off).kind is MessageKind.CUSTOMER
