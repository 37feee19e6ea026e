"""The public forum: members who write, the answer that is marked, threads in the wrong place."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from tests.cast import START, Cast
from tests.factories.cohort import a_live_cohort
from tests.factories.inbox import at_work, next_up
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.actions.forum import accept_last_reply, mark_answer, move_board
from trialsim.inbox.actions.release import happen
from trialsim.inbox.actions.replies import send_reply, set_status
from trialsim.inbox.models import (
    Case,
    ComingTurn,
    Message,
    MessageKind,
    Status,
    Ticket,
    TurnKind,
)
from trialsim.kit.clock import MovableClock
from trialsim.kit.errors import Conflict
from trialsim.simulation.forum import WRONG
from trialsim.trials.models import Trial

SignsIn = Callable[[Person], Visitor]
NOW = START + timedelta(minutes=31)


@pytest.fixture(params=["sqlite"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Most of this does not depend on the kind of database."""
    with request.getfixturevalue(f"{request.param}_template").copy() as fresh:
        yield fresh


class Thread:
    """A candidate at work with a thread of the forum and an email."""

    def __init__(self, session: Session, cast: Cast) -> None:
        started = a_live_cohort(session, cast)
        self.session = session
        trial = session.get_one(Trial, started.trial.id)
        lost = {"scenario": "wrong-company", "channel": "forum", "customer": 0}
        next_up(
            session, trial, lost, {"scenario": "slow-images", "channel": "email", "customer": 1}
        )
        self.trial, self.person, opened = at_work(session, started, START)
        self.ticket = next(one for one in opened if one.channel == "forum")
        self.email = next(one for one in opened if one.channel == "email")

    def member_writes(self, kind: str = WRONG, minutes: float = 32) -> None:
        """Let one other member write at that minute, whatever the seed drew."""
        for coming in self.session.exec(
            select(ComingTurn).where(ComingTurn.kind == TurnKind.MEMBER)
        ):
            self.session.delete(coming)
        turn = {"body": "I was told: “Just wait.”", "speaker": "fernpath", "member": kind}
        self.session.add(
            ComingTurn(
                ticket_id=self.ticket.id or 0,
                trial_id=self.trial.id or 0,
                kind=TurnKind.MEMBER,
                due_at=START + timedelta(minutes=minutes),
                turn=turn,
            )
        )
        self.session.commit()

    def passes(self, minutes: float) -> list[Message]:
        """Let time pass; returns what members wrote in the thread."""
        happen(self.session, self.trial, START + timedelta(minutes=minutes))
        self.session.commit()
        query = select(Message).where(
            Message.ticket_id == self.ticket.id, Message.kind == MessageKind.MEMBER
        )
        return list(self.session.exec(query))

    def answers(self, text: str) -> Message:
        """Answer in public."""
        now = NOW + timedelta(minutes=5)
        return send_reply(
            self.session,
            self.trial,
            self.ticket,
            by=self.person,
            body=text,
            status=Status.PENDING,
            now=now,
        )


@pytest.fixture
def thread(session: Session, cast: Cast) -> Thread:
    return Thread(session, cast)


def test_members_write_later_in_a_thread_and_nobody_waits_for_them(thread: Thread) -> None:
    thread.member_writes()
    before = (thread.ticket.status, thread.ticket.waiting_since)

    assert thread.passes(31.5) == []
    (post,) = thread.passes(33)

    assert post.speaker == "fernpath"
    assert (thread.ticket.status, thread.ticket.waiting_since) == before


def test_members_are_silent_in_a_thread_that_is_over(thread: Thread) -> None:
    thread.member_writes()
    set_status(thread.session, thread.trial, thread.ticket, status=Status.SOLVED, now=NOW)

    assert thread.passes(33) == []


def test_the_customers_word_marks_the_last_answer_and_the_candidates_mark_stays(
    thread: Thread,
) -> None:
    first, last = thread.answers("Which shop was it?"), thread.answers("Please write to them.")
    accept_last_reply(thread.session, thread.ticket)
    assert thread.ticket.accepted == last.public_id

    now = NOW + timedelta(minutes=6)
    by = thread.person
    mark_answer(thread.session, thread.trial, thread.ticket, post=first.public_id, by=by, now=now)
    accept_last_reply(thread.session, thread.ticket)
    assert thread.ticket.accepted == first.public_id
    with pytest.raises(Conflict):
        mark_answer(thread.session, thread.trial, thread.ticket, post="m_no", by=by, now=now)


def test_a_moved_thread_is_named_in_its_outcome_and_only_threads_move(thread: Thread) -> None:
    by = thread.person
    move_board(thread.session, thread.trial, thread.ticket, board="elsewhere", by=by, now=NOW)
    set_status(thread.session, thread.trial, thread.ticket, status=Status.SOLVED, now=NOW)
    case = thread.session.get_one(Case, thread.ticket.id)

    parts = {part["kind"]: part for part in case.trace["parts"]}
    assert parts["board"]["met"]
    assert parts["board"]["amount"] == 0
    with pytest.raises(Conflict):
        move_board(thread.session, thread.trial, thread.email, board="ideas", by=by, now=NOW)


@pytest.mark.parametrize(
    "engine", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_pages_say_what_is_public_and_only_mentors_are_told_who_misleads(
    thread: Thread, cast: Cast, clock: MovableClock, as_person: SignsIn
) -> None:
    thread.member_writes()
    thread.passes(33)
    thread.answers("Could you tell me your order number? Fernpath, that is not so.")
    thread.session.commit()
    clock.move(NOW + timedelta(minutes=6) - START)
    address, own = f"/tickets/{thread.ticket.public_id}", as_person(thread.person)

    page, forum = own.get(address).text, own.get("/forum").text
    mentor = as_person(cast.mina).get(address).text

    assert "Everybody reads this" in page
    assert "another member" in page
    assert thread.ticket.subject[:20].split("&")[0] in forum
    for words in ("gives wrong advice", "Asks for something private", "Answers the wrong advice"):
        assert words in mentor
        assert words not in page + forum
    assert "Everybody reads this" not in own.get(f"/tickets/{thread.email.public_id}").text


def test_a_thread_is_moved_and_marked_by_forms(
    thread: Thread, clock: MovableClock, as_person: SignsIn
) -> None:
    thread.answers("Please write to the shop.")
    thread.session.commit()
    clock.move(NOW + timedelta(minutes=6) - START)
    own = as_person(thread.person)
    post = thread.session.exec(
        select(Message.public_id)
        .where(Message.ticket_id == thread.ticket.id, Message.kind == MessageKind.REPLY)
        .order_by(col(Message.id))
    ).one()
    address = f"/forum/{thread.ticket.public_id}"

    assert own.post(f"{address}/board", {"board": "elsewhere"}).status_code == 303
    assert own.post(f"{address}/answer", {"post": post}).status_code == 303
    assert own.post(f"{address}/board", {"board": "nowhere"}).status_code == 422
    thread.session.rollback()
    ticket = thread.session.get_one(Ticket, thread.ticket.id)
    assert (ticket.board, ticket.accepted) == ("elsewhere", post)
