from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from tests.cast import START, Cast
from tests.factories.cohort import a_live_cohort
from tests.factories.inbox import at_work, coming
from tests.wording import endpoint as server
from tests.wording.endpoint import Answer, an_endpoint, says
from trialsim.inbox.actions.release import catch_up
from trialsim.inbox.actions.replies import send_reply
from trialsim.inbox.models import ComingTurn, Message, MessageKind, Status, Ticket, TurnKind
from trialsim.trials.models import Trial
from trialsim.wording.client import WordingFailed
from trialsim.workflows.wording import TRIES, reword_coming

SENT = START + timedelta(minutes=40)


@pytest.fixture
def ticket(session: Session, cast: Cast) -> Ticket:
    """A ticket whose customer is about to answer."""
    trial, person, opened = at_work(session, a_live_cohort(session, cast), START)
    send_reply(
        session,
        session.get_one(Trial, trial.id),
        opened[0],
        by=person,
        body="Thank you for writing. What happened just before that?",
        status=Status.PENDING,
        now=SENT,
    )
    session.commit()
    return opened[0]


def body(session: Session, ticket: Ticket) -> str:
    (turn,) = [one for one in coming(session, ticket) if one.kind == "message"]
    words: str = turn.turn["body"]
    session.commit()
    return words


def test_the_customer_says_it_in_other_words_and_mentors_see_the_engines(
    engine: Engine, session: Session, ticket: Ticket
) -> None:
    before = body(session, ticket)

    with an_endpoint(says(lambda words: f"{words} thanks.")) as (endpoint, asked):
        done = reword_coming(engine, endpoint.reword, SENT)
    catch_up(engine, ticket.trial_id, SENT + timedelta(days=5))

    last = session.exec(
        select(Message)
        .where(Message.ticket_id == ticket.id, Message.kind == MessageKind.CUSTOMER)
        .order_by(col(Message.id))
    ).all()[1]
    assert done == len(asked) == 1
    assert last.body == f"{before} thanks."
    assert before in last.why["turn"][-1]["text"]


def test_the_model_sees_what_the_customer_is_about_to_say_and_nothing_else(
    engine: Engine, session: Session, ticket: Ticket
) -> None:
    before = body(session, ticket)

    with an_endpoint(says(str)) as (endpoint, asked):
        reword_coming(engine, endpoint.reword, SENT)

    (question,) = asked
    assert question["messages"][1]["content"] == before
    assert "What happened just before" not in str(question)


@pytest.mark.parametrize(
    "answer",
    [
        server.hangs,
        server.refuses,
        server.babbles,
        server.floods,
        server.hangs_up,
        says(lambda words: f"{words} It costs 999."),
        says(lambda _: "As an AI I cannot help."),
    ],
)
def test_whatever_goes_wrong_leaves_the_engines_words(
    engine: Engine, session: Session, ticket: Ticket, answer: Answer
) -> None:
    before = body(session, ticket)

    with an_endpoint(answer, seconds=0.2) as (endpoint, _):
        assert reword_coming(engine, endpoint.reword, SENT) == 0

    assert body(session, ticket) == before


def test_a_model_that_keeps_failing_is_left_alone(
    engine: Engine,
    ticket: Ticket,
) -> None:
    asked = []

    def fails(_told: str, words: str) -> str:
        asked.append(words)
        raise WordingFailed("was too slow")

    for _ in range(TRIES + 2):
        reword_coming(engine, fails, SENT)

    assert len(asked) == TRIES
    assert ticket.id is not None


def test_words_that_come_too_late_change_nothing(
    engine: Engine, session: Session, ticket: Ticket
) -> None:
    def slow(_told: str, words: str) -> str:
        catch_up(engine, ticket.trial_id, SENT + timedelta(days=5))
        return f"{words} thanks."

    before = body(session, ticket)
    assert reword_coming(engine, slow, SENT) == 0

    bodies = session.exec(select(Message.body).where(Message.ticket_id == ticket.id)).all()
    assert before in bodies


def test_a_message_due_in_a_moment_is_left_as_it_is(
    engine: Engine, session: Session, ticket: Ticket
) -> None:
    due = session.exec(
        select(ComingTurn.due_at).where(
            ComingTurn.ticket_id == ticket.id, ComingTurn.kind != TurnKind.MEMBER
        )
    ).one()
    session.commit()

    with an_endpoint(says(str)) as (endpoint, asked):
        reword_coming(engine, replace(endpoint, seconds=1).reword, due - timedelta(seconds=1))

    assert asked == []
