"""Customers who write another language: the ticket says so, and is marked and read in it."""

import re
from collections.abc import Callable

import pytest
from sqlmodel import Session

from tests.cast import START, Cast
from tests.factories.cohort import a_live_cohort
from tests.factories.inbox import at_work, hidden, next_up
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.models import Customer, Ticket
from trialsim.trials.models import Trial

SignsIn = Callable[[Person], Visitor]
ASK = "Please answer in Italian. A dictionary or translation tool is fine."


@pytest.fixture
def italian(session: Session, cast: Cast) -> tuple[Trial, Person, Ticket]:
    started = a_live_cohort(session, cast, second_languages=["it"])
    trial = session.get_one(Trial, started.trial.id)
    planned = {"scenario": "slow-images", "channel": "email", "language": "it"}
    next_up(session, trial, planned)
    trial, person, (ticket, *_) = at_work(session, started, START)
    customer = session.get_one(Customer, ticket.customer_id)
    customer.language = "it"
    session.add(customer)
    session.commit()
    return trial, person, ticket


def test_ticket_in_italian_says_so_and_marks_every_message(
    italian: tuple[Trial, Person, Ticket], as_person: SignsIn
) -> None:
    _, person, ticket = italian
    desk = as_person(person)
    address = f"/tickets/{ticket.public_id}"

    desk.post(f"{address}/messages", {"kind": "public", "reply": "Buongiorno!", "status": "hold"})
    desk.post(f"{address}/messages", {"kind": "note", "note": "He writes Italian."})
    page = desk.get(address).text

    assert "Writes Italian" in page
    assert ASK in page
    assert page.count('class="msg-body" lang="it"') == 2
    assert re.search(r'<textarea [^>]*id="reply"[^>]* lang="it"', page)


def test_reader_reads_in_the_tickets_language(
    session: Session, italian: tuple[Trial, Person, Ticket]
) -> None:
    trial, _, ticket = italian

    assert hidden(session, trial, ticket).form.language == "it"


def test_an_english_ticket_asks_for_nothing(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    started = a_live_cohort(session, cast)
    _, person, (ticket, *_) = at_work(session, started, START)
    page = as_person(person).get(f"/tickets/{ticket.public_id}").text

    assert "Please answer in" not in page
    assert "Writes " not in page


def test_terms_name_the_languages_that_customers_write(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    started = a_live_cohort(session, cast, second_languages=["it", "ko"])

    page = as_person(cast.cem).get(f"/trials/{started.trial.public_id}/terms").text

    assert "Some customers write Italian or Korean." in page
    assert started.trial.rules["second_languages"] == ["it", "ko"]
