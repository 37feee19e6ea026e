"""Video calls: when somebody calls, what is heard, holding, ending, and the email after it."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.cast import START, Cast
from tests.factories.cohort import a_live_cohort
from tests.factories.inbox import chats, coming, hidden, next_up, tickets
from tests.queries import count_queries
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.actions.arrivals import press
from trialsim.inbox.actions.calls import end_call, follow_up, take_calls
from trialsim.inbox.actions.channels import LEFT_ALONE
from trialsim.inbox.actions.release import happen
from trialsim.inbox.actions.replies import send_reply
from trialsim.inbox.ladder import Rung
from trialsim.inbox.models import (
    Channel,
    ChannelRung,
    Draft,
    Message,
    MessageKind,
    Status,
    Ticket,
)
from trialsim.inbox.portraits import portrait
from trialsim.inbox.queries.calls import CallPulse, call_pulse
from trialsim.inbox.rules import CHAT_PATIENCE
from trialsim.kit.clock import MovableClock
from trialsim.kit.errors import Conflict
from trialsim.trials.actions import clock_out
from trialsim.trials.models import ScheduledTicket, TimeEntry, Trial

SignsIn = Callable[[Person], Visitor]
ASK = "Good morning! Has anything been added or changed on the site lately?"


@pytest.fixture(params=["sqlite"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Most of this does not depend on the kind of database."""
    with request.getfixturevalue(f"{request.param}_template").copy() as fresh:
        yield fresh


class Line:
    """A candidate at work with calls open, whose next two customers want to talk."""

    def __init__(self, session: Session, cast: Cast, *, is_open: bool = True) -> None:
        started = a_live_cohort(session, cast)
        self.session = session
        trial = session.get_one(Trial, started.trial.id)
        names = ("checkout-plugin-conflict", "slow-images")
        planned = [
            {"scenario": name, "channel": "call", "customer": place}
            for place, name in enumerate(names)
        ]
        self.numbers = next_up(session, trial, *planned)
        self.trial, self.person = chats(session, started, START, at_once=1, taken=False)
        if is_open:
            session.add(
                ChannelRung(
                    trial_id=trial.id or 0,
                    rung=Rung.CALL,
                    opened_at=START,
                    opened_by=trial.mentor_id or 0,
                    reason="Calm in chats.",
                )
            )
            session.commit()

    def takes(self, *, takes: bool = True) -> None:
        now = START + timedelta(minutes=1)
        take_calls(self.session, self.trial, takes=takes, by=self.person, now=now)
        self.session.commit()

    def passes(self, *minutes: float) -> list[Ticket]:
        """Let what is due happen after so many minutes of work; returns the calls."""
        for one in minutes:
            happen(self.session, self.trial, START + timedelta(minutes=one))
        self.session.commit()
        return [one for one in tickets(self.session, self.trial) if one.channel is Channel.CALL]

    def rings(self) -> Ticket:
        """Take a call and let somebody call."""
        self.takes()
        (ticket,) = self.passes(2)
        return ticket

    def says(self, ticket: Ticket, minutes: float, text: str = ASK) -> None:
        send_reply(
            self.session,
            self.trial,
            ticket,
            by=self.person,
            body=text,
            status=Status.PENDING,
            now=START + timedelta(minutes=minutes),
        )
        self.session.commit()

    def planned(self, number: int) -> ScheduledTicket:
        query = select(ScheduledTicket).where(
            ScheduledTicket.trial_id == self.trial.id, ScheduledTicket.number == number
        )
        return self.session.exec(query).one()


@pytest.fixture
def line(session: Session, cast: Cast) -> Line:
    return Line(session, cast)


def events(session: Session, ticket: Ticket) -> list[str]:
    query = select(Message.body).where(
        Message.ticket_id == ticket.id, Message.kind == MessageKind.EVENT
    )
    return list(session.exec(query))


def test_planned_calls_come_by_email_until_a_mentor_opens_calls(
    session: Session, cast: Cast
) -> None:
    line = Line(session, cast, is_open=False)

    with pytest.raises(Conflict, match="not open"):
        line.takes()
    assert line.passes(2) == []
    assert any(line.planned(one).released_at for one in line.numbers)


def test_nobody_calls_before_the_candidate_says_so_and_then_one_alone(line: Line) -> None:
    assert line.passes(30) == []
    assert all(line.planned(one).released_at is None for one in line.numbers)

    line.takes()
    (ticket,) = line.passes(31, 40, 50)

    running = line.session.exec(select(TimeEntry).where(TimeEntry.trial_id == line.trial.id)).one()
    assert not running.takes_calls
    assert ticket.status is Status.NEW


def test_a_call_that_nobody_took_for_a_whole_block_comes_by_email(line: Line) -> None:
    number = line.numbers[0]

    line.passes(line.planned(number).due_minute + CHAT_PATIENCE)

    assert line.planned(number).released_at is not None
    assert line.passes() == []


def test_the_customer_answers_within_seconds_in_words_without_slips(line: Line) -> None:
    ticket = line.rings()
    line.says(ticket, 3)

    (turn,) = coming(line.session, ticket)

    assert turn.due_at < START + timedelta(minutes=8)
    assert hidden(line.session, line.trial, ticket).form.channel == "call"


def test_whoever_is_ignored_on_the_line_hangs_up(line: Line) -> None:
    ticket = line.rings()

    press(line.session, line.trial, START + timedelta(minutes=45))

    assert ticket.status is Status.CLOSED
    assert "gave up" in events(line.session, ticket)[-1]


def test_ending_a_call_lets_it_go_on_by_email_on_the_same_ticket(line: Line) -> None:
    ticket = line.rings()
    line.says(ticket, 3)
    now = START + timedelta(minutes=6)
    with pytest.raises(Conflict, match="end it first"):
        follow_up(line.session, line.trial, ticket, name="Ada", language="en", now=now)

    end_call(line.session, line.trial, ticket, by=line.person, now=now)
    follow_up(line.session, line.trial, ticket, name="Ada", language="ko", now=now)

    assert ticket.channel is Channel.EMAIL
    assert events(line.session, ticket) == ["You ended the call after 4:00. It goes on by email."]
    draft = line.session.exec(select(Draft).where(Draft.ticket_id == ticket.id)).one()
    assert draft.body.startswith("Ada님")
    with pytest.raises(Conflict, match="over"):
        end_call(line.session, line.trial, ticket, by=line.person, now=now)


def test_a_call_goes_on_by_email_when_the_block_ends(line: Line) -> None:
    ticket = line.rings()
    now = START + timedelta(minutes=5)

    clock_out(line.session, line.trial, by=line.person, now=now)
    happen(line.session, line.trial, now)

    assert ticket.channel is Channel.EMAIL
    assert events(line.session, ticket) == [LEFT_ALONE]


def test_a_look_at_a_quiet_call_is_one_query_and_an_answer_changes_the_token(
    line: Line, engine: Engine
) -> None:
    ticket, person = line.rings(), line.person.id or 0
    now = START + timedelta(minutes=2.5)
    line.session.commit()

    with count_queries(engine) as asked:
        first = call_pulse(line.session, person, ticket.public_id, now)
    line.says(ticket, 3)
    later = call_pulse(line.session, person, ticket.public_id, START + timedelta(minutes=3))

    assert len(asked) == 1
    assert first.token != later.token
    of_another = call_pulse(line.session, person + 1, ticket.public_id, now)
    assert of_another == CallPulse("over")


def test_a_portrait_is_the_same_for_the_same_person_and_differs_between_people() -> None:
    drawn = {portrait("t_1", f"c{place:03d}") for place in range(20)}

    assert portrait("t_1", "c001") == portrait("t_1", "c001")
    assert len(drawn) > 15


@pytest.mark.parametrize(
    "engine", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_a_whole_call_on_its_pages_tells_nothing_of_what_is_hidden(
    line: Line, clock: MovableClock, as_person: SignsIn
) -> None:
    own = as_person(line.person)
    clock.move(timedelta(minutes=2))
    assert "I can take a call now" in own.get("/calls").text
    assert own.post("/calls/taking", {"takes": "yes"}).status_code == 303
    assert "is on the line" in own.get("/calls").text
    ticket = _calls(line)[0]
    address = f"/calls/{ticket.public_id}"
    opening = own.get(address)
    assert "microphone=(self)" in opening.headers["Permissions-Policy"]

    assert own.post(f"{address}/words", {"reply": ""}).status_code == 422
    assert own.post(f"{address}/words", {"reply": ASK}).status_code == 303
    pages = own.get(address).text + own.get(f"{address}/live").text + own.get("/calls").text
    line.session.rollback()
    turn, work = coming(line.session, ticket)[0], hidden(line.session, line.trial, ticket)
    secrets = {turn.turn["body"][:30], work.form.scenario.id, line.trial.seed}
    secrets |= {one.lines[0] for one in work.form.scenario.text("en").points.values()}
    secrets |= {one.answers[0] for one in work.form.scenario.text("en").facts.values()}
    assert "added or changed on the site lately" in pages
    assert [one for one in secrets if one in pages] == []


def test_a_call_is_noted_held_ended_and_followed_up_by_forms(
    line: Line, clock: MovableClock, as_person: SignsIn
) -> None:
    ticket = line.rings()
    own, address = as_person(line.person), f"/calls/{ticket.public_id}"
    clock.move(timedelta(minutes=3))
    assert own.post(f"{address}/notes", {"note": "Wants it today."}).status_code == 303
    assert own.post(f"{address}/hold").status_code == 303
    assert own.post(f"{address}/ending").status_code == 303
    over = own.get(address).text
    assert "Write the follow-up email" in over
    assert "Wants it today." in over
    after = own.post(f"{address}/follow-up")
    assert after.location.endswith(f"/tickets/{ticket.public_id}#composer")
    assert "thank you for the call" in own.get(f"/tickets/{ticket.public_id}").text
    assert own.post(f"{address}/words", {"reply": "Still there?"}).status_code == 409
    assert ticket.subject[:10] in own.get("/calls").text


def _calls(line: Line) -> list[Ticket]:
    line.session.rollback()
    return [one for one in tickets(line.session, line.trial) if one.channel is Channel.CALL]
