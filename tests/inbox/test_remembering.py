"""Customers who come back: what they remember weighs on their next ticket, and mentors see why."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, select

from tests.cast import START, Cast
from tests.factories.cohort import a_live_cohort
from tests.factories.inbox import at_work, hidden, late_comer, next_up, tickets
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.actions.release import happen
from trialsim.inbox.actions.replies import send_reply, set_status
from trialsim.inbox.models import Case, Message, MessageKind, Status, Ticket
from trialsim.trials.actions import clock_in, clock_out
from trialsim.trials.models import Trial
from trialsim.trials.rules import WorkKind

SignsIn = Callable[[Person], Visitor]
CHECKOUT = {"scenario": "checkout-plugin-conflict", "channel": "email"}
SLOW = {"scenario": "slow-images", "channel": "email"}
PROMISE = "Hello, thank you for writing. I will get back to you tomorrow."
LATER = START + timedelta(days=3)


class Month:
    """A customer's first ticket at work, and their next one days later."""

    def __init__(self, session: Session, cast: Cast) -> None:
        started = a_live_cohort(session, cast)
        self.session = session
        trial = session.get_one(Trial, started.trial.id)
        self.customer = late_comer(session, trial)
        next_up(session, trial, {**CHECKOUT, "customer": self.customer})
        self.trial, self.person, (self.first, *_) = at_work(session, started, START)

    def reply(self, text: str, now: datetime, status: Status = Status.PENDING) -> None:
        send_reply(
            self.session,
            self.trial,
            self.first,
            by=self.person,
            body=text,
            status=status,
            now=now,
        )

    def comes_back(self, now: datetime = LATER) -> Ticket:
        """Let the same customer write about something else; return that ticket."""
        clock_out(self.session, self.trial, by=self.person, now=START + timedelta(hours=3))
        for ticket in tickets(self.session, self.trial)[1:]:
            ticket.status = Status.CLOSED
            self.session.add(ticket)
        next_up(self.session, self.trial, {**SLOW, "customer": self.customer})
        clock_in(self.session, self.trial, WorkKind.TICKETS, by=self.person, now=now)
        happen(self.session, self.trial, now)
        rows = tickets(self.session, self.trial)
        return next(
            one
            for one in rows
            if one.customer_id == self.first.customer_id and one.id != self.first.id
        )

    def opening(self, ticket: Ticket) -> Message:
        query = select(Message).where(
            Message.ticket_id == ticket.id, Message.kind == MessageKind.CUSTOMER
        )
        return self.session.exec(query).all()[0]

    def reasons(self, ticket: Ticket) -> list[str]:
        return [reason["code"] for reason in self.opening(ticket).why.get("turn", ())]


def test_a_broken_promise_is_quoted_in_the_next_ticket_and_costs_mood(
    session: Session, cast: Cast
) -> None:
    month = Month(session, cast)
    month.reply(PROMISE, START + timedelta(minutes=31))

    again = month.comes_back()

    opening = month.opening(again)
    assert '"I will get back to you tomorrow"' in opening.body
    assert month.reasons(again) == ["remembers_promise"]
    assert opening.why["turn"][0]["mood"] < 0
    assert opening.why["mood"] == hidden(session, month.trial, again).state.mood


def test_a_promise_that_was_kept_is_not_brought_up(session: Session, cast: Cast) -> None:
    month = Month(session, cast)
    month.reply(PROMISE, START + timedelta(minutes=31))
    month.reply("Here I am: has anything been added lately?", START + timedelta(minutes=50))

    again = month.comes_back()

    assert month.reasons(again) == []
    assert month.opening(again).why == {}


def test_a_wrong_close_is_brought_up(session: Session, cast: Cast) -> None:
    month = Month(session, cast)
    now = START + timedelta(minutes=31)
    set_status(session, month.trial, month.first, status=Status.SOLVED, now=now)

    again = month.comes_back(START + timedelta(hours=20))

    assert month.reasons(again) == ["remembers_close"]
    assert month.opening(again).why["turn"][0]["mood"] < 0


def test_calling_it_done_while_the_customer_still_answers_is_a_close_as_well(
    session: Session, cast: Cast
) -> None:
    month = Month(session, cast)
    month.reply("Hello, all is well again.", START + timedelta(minutes=31), Status.SOLVED)

    again = month.comes_back()

    assert month.reasons(again) == ["remembers_close"]


def test_a_kind_no_is_remembered_well(session: Session, cast: Cast) -> None:
    month = Month(session, cast)
    case = session.get_one(Case, month.first.id)
    case.flags = ["refusal"]
    case.state = {**case.state, "phase": "solved", "empathy": True}
    case.trace = {"solved": True}
    month.first.status = Status.SOLVED
    session.add_all([case, month.first])
    session.flush()

    again = month.comes_back()

    assert month.reasons(again) == ["remembers_kindness"]
    assert month.opening(again).why["turn"][0]["mood"] > 0


def test_mentors_read_what_a_customer_remembers_and_candidates_only_what_they_say(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    month = Month(session, cast)
    month.reply(PROMISE, START + timedelta(minutes=31))
    again = month.comes_back()
    session.commit()

    read = as_person(cast.mina).get(f"/tickets/{again.public_id}").text
    own = as_person(month.person).get(f"/tickets/{again.public_id}").text

    assert "Nothing came by 2026-03-03 though it was promised" in read
    assert "though it was promised" not in own
    assert "I will get back to you tomorrow" in own
