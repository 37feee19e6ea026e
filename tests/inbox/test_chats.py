"""Customers who chat: when they come, how many, what happens to those nobody answers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from tests.cast import START, Cast
from tests.factories.cohort import a_live_cohort
from tests.factories.inbox import chats, coming, hidden, next_up, tickets
from tests.queries import count_queries
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.config import Settings
from trialsim.inbox.actions.arrivals import press
from trialsim.inbox.actions.channels import LEFT_ALONE, move_to_email, take_chats
from trialsim.inbox.actions.release import happen
from trialsim.inbox.actions.replies import send_reply
from trialsim.inbox.models import Channel, Message, MessageKind, Status, Ticket
from trialsim.inbox.queries.chats import chats as chats_of
from trialsim.inbox.queries.chats import pulse
from trialsim.inbox.rules import CHAT_PATIENCE, TYPING
from trialsim.kit.clock import MovableClock
from trialsim.kit.errors import Conflict
from trialsim.simulation.holding import is_holding
from trialsim.trials.actions import clock_out
from trialsim.trials.models import ScheduledTicket, Trial
from trialsim.workflows.tick import tick

SignsIn = Callable[[Person], Visitor]
ASK = "Hello, has anything been added or changed on the site lately?"
PLANNED = tuple(
    {"scenario": name, "channel": "chat", "customer": place}
    for place, name in enumerate(("checkout-plugin-conflict", "slow-images", "refund-too-late"))
)


class Block:
    """A candidate at work whose next three customers want to chat."""

    def __init__(
        self, session: Session, cast: Cast, *, at_once: int = 1, taken: bool = True
    ) -> None:
        started = a_live_cohort(session, cast)
        self.session = session
        self.numbers = next_up(session, session.get_one(Trial, started.trial.id), *PLANNED)
        self.trial, self.person = chats(session, started, START, at_once=at_once, taken=taken)

    def passes(self, *minutes: float) -> list[Ticket]:
        """Let what is due happen after so many minutes of work; returns the chats."""
        for one in minutes:
            happen(self.session, self.trial, START + timedelta(minutes=one))
        self.session.commit()
        return [one for one in tickets(self.session, self.trial) if one.channel is Channel.CHAT]

    def answers(self, ticket: Ticket, minutes: float, text: str = ASK) -> None:
        """Send a message after so many minutes."""
        now = START + timedelta(minutes=minutes)
        send_reply(
            self.session,
            self.trial,
            ticket,
            by=self.person,
            body=text,
            status=Status.PENDING,
            now=now,
        )
        self.session.commit()


@pytest.fixture
def block(session: Session, cast: Cast) -> Block:
    return Block(session, cast)


def test_planned_chats_come_by_email_until_a_mentor_opens_chat(
    session: Session, cast: Cast
) -> None:
    block = Block(session, cast, at_once=0, taken=False)

    assert block.passes(60, 200) == []
    assert any(_planned(block, one).released_at for one in block.numbers)


def test_customers_wait_with_their_chat_until_chats_are_taken(session: Session, cast: Cast) -> None:
    block = Block(session, cast, taken=False)

    assert block.passes(30) == []
    assert all(_planned(block, one).released_at is None for one in block.numbers)

    now = START + timedelta(minutes=31)
    take_chats(session, block.trial, takes=True, by=block.person, now=now)
    assert len(block.passes(32)) == 1


def test_a_chat_that_nobody_took_for_a_whole_block_comes_by_email(
    session: Session, cast: Cast
) -> None:
    block = Block(session, cast, taken=False)

    due = _planned(block, block.numbers[0]).due_minute
    block.passes(due + CHAT_PATIENCE)

    assert _planned(block, block.numbers[0]).released_at is not None


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_no_more_chats_go_on_than_the_rung_allows(
    session: Session, cast: Cast, at_once: int
) -> None:
    block = Block(session, cast, at_once=at_once)

    assert len(block.passes(*range(2, 30, 2))) == at_once


def test_second_chat_does_not_come_in_the_same_minute(session: Session, cast: Cast) -> None:
    block = Block(session, cast, at_once=3)

    assert len(block.passes(2, 2.2)) == 1


def test_chats_cannot_be_taken_before_the_first_rung_or_off_the_clock(
    session: Session, cast: Cast
) -> None:
    block = Block(session, cast, at_once=0, taken=False)
    with pytest.raises(Conflict, match="not open for you"):
        take_chats(session, block.trial, takes=True, by=block.person, now=START)

    clock_out(session, block.trial, by=block.person, now=START)
    with pytest.raises(Conflict, match="clock in"):
        take_chats(session, block.trial, takes=True, by=block.person, now=START)


def test_customer_answers_in_a_chat_within_minutes_and_is_seen_typing_before(block: Block) -> None:
    (ticket,) = block.passes(2)
    block.answers(ticket, 3)
    (turn,) = coming(block.session, ticket)
    assert turn.due_at < START + timedelta(minutes=8)

    before = chats_of(block.session, block.trial, turn.due_at - 2 * TYPING)
    shortly = chats_of(block.session, block.trial, turn.due_at - TYPING / 2)

    assert [one.is_typing for one in (*before, *shortly)] == [False, True]


def test_nobody_answering_makes_a_customer_press_and_then_leave(block: Block) -> None:
    (ticket,) = block.passes(2)

    for minutes in range(5, 40):
        press(block.session, block.trial, START + timedelta(minutes=minutes))

    assert ticket.status is Status.CLOSED
    assert "The customer gave up on this conversation." in _events(block.session, ticket)


def test_one_moment_costs_nothing_once_and_the_customer_waits_anew(block: Block) -> None:
    (ticket,) = block.passes(2)
    mood = hidden(block.session, block.trial, ticket).mood

    block.answers(ticket, 4, "Hi! One moment please, I am looking into it.")
    after = hidden(block.session, block.trial, ticket).mood
    assert (ticket.status, ticket.waiting_since) == (Status.OPEN, START + timedelta(minutes=4))
    assert coming(block.session, ticket) == []
    assert after == mood

    block.answers(ticket, 5, "One more moment please.")
    assert hidden(block.session, block.trial, ticket).mood < mood


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Give me a moment, please: I am looking into it.", "en", True),
        ("Let me check that for you.", "en", True),
        ("One moment. Did you add a plugin?", "en", False),
        ("One moment. Please switch the plugin off.", "en", False),
        ("Your refund is on its way.", "en", False),
        ("Un momento, per favore: sto controllando.", "it", True),
        ("잠시만 기다려 주세요. 바로 확인해 보겠습니다.", "ko", True),
    ],
)
def test_words_that_only_ask_to_wait_are_known(text: str, language: str, *, expected: bool) -> None:
    assert is_holding(text, language) is expected


def test_chat_goes_on_by_email_when_its_candidate_says_so(block: Block) -> None:
    (ticket,) = block.passes(2)
    now = START + timedelta(minutes=3)

    move_to_email(block.session, ticket, by=block.person, now=now)

    assert (ticket.channel, ticket.status) == (Channel.EMAIL, Status.NEW)
    assert _events(block.session, ticket) == ["You moved this conversation to email."]
    with pytest.raises(Conflict):
        move_to_email(block.session, ticket, by=block.person, now=now)


def test_nobody_waits_in_a_chat_after_clocking_out(
    block: Block, engine: Engine, settings: Settings
) -> None:
    (ticket,) = block.passes(2)
    clock_out(block.session, block.trial, by=block.person, now=START + timedelta(minutes=3))
    block.session.commit()

    tick(engine, settings, START + timedelta(minutes=50))

    block.session.rollback()
    block.session.refresh(ticket)
    assert (ticket.channel, ticket.status) == (Channel.EMAIL, Status.NEW)
    assert _events(block.session, ticket) == [LEFT_ALONE]


def test_pulse_is_one_query_and_changes_with_every_message(block: Block, engine: Engine) -> None:
    (ticket,) = block.passes(2)
    person, now = block.person.id or 0, START + timedelta(minutes=3)
    with count_queries(engine) as seen:
        first = pulse(block.session, person, now)

    block.answers(ticket, 3)
    second = pulse(block.session, person, now)
    (turn,) = coming(block.session, ticket)

    assert len(seen) == 1
    assert first.token != second.token
    assert pulse(block.session, person, turn.due_at).is_due
    assert pulse(block.session, 0, now).token == "0.0.0.0.0"  # noqa: S105 (nobody's chats)


def test_page_asks_again_only_when_something_changed(
    session: Session, cast: Cast, as_person: SignsIn, clock: MovableClock
) -> None:
    block = Block(session, cast)
    (ticket,) = block.passes(2)
    clock.move(timedelta(minutes=3))
    visitor = as_person(block.person)
    page = visitor.get("/chats").text
    token = page.partition('data-token="')[2].partition('"')[0]

    quiet = visitor.get(f"/chats/live?seen={token}")
    sent = visitor.post(f"/chats/{ticket.public_id}/messages", {"kind": "public", "reply": ASK})
    fresh = visitor.get(f"/chats/live?seen={token}")

    assert quiet.status_code == 204
    assert sent.location.endswith(f"/chats#chat-{ticket.public_id}")
    assert ASK in fresh.text
    assert any(words in fresh.text for words in ("is reading", "is typing"))


def test_text_that_cannot_be_sent_is_given_back(
    session: Session, cast: Cast, as_person: SignsIn, clock: MovableClock
) -> None:
    block = Block(session, cast)
    (ticket,) = block.passes(2)
    clock.move(timedelta(minutes=3))
    visitor = as_person(block.person)
    visitor.post(f"/trials/{block.trial.public_id}/clock/out")

    answer = visitor.post(f"/chats/{ticket.public_id}/messages", {"kind": "public", "reply": ASK})

    assert answer.status_code == 409
    assert ASK in answer.text


def test_ended_chat_is_solved_and_stays_in_view_for_a_while(
    session: Session, cast: Cast, as_person: SignsIn, clock: MovableClock
) -> None:
    block = Block(session, cast)
    (ticket,) = block.passes(2)
    clock.move(timedelta(minutes=3))
    visitor = as_person(block.person)
    visitor.post("/chats/taking", {"takes": "no"})

    visitor.post(f"/chats/{ticket.public_id}/ending")
    session.rollback()
    session.refresh(ticket)

    assert ticket.status is Status.SOLVED
    assert "This chat is over." in visitor.get("/chats").text
    clock.move(timedelta(minutes=11))
    assert "This chat is over." not in visitor.get("/chats").text


def _planned(block: Block, number: int) -> ScheduledTicket:
    query = select(ScheduledTicket).where(
        ScheduledTicket.trial_id == block.trial.id, ScheduledTicket.number == number
    )
    return block.session.exec(query).one()


def _events(session: Session, ticket: Ticket) -> list[str]:
    query = select(Message.body).where(
        Message.ticket_id == ticket.id, Message.kind == MessageKind.EVENT
    )
    return list(session.exec(query.order_by(col(Message.id))))
