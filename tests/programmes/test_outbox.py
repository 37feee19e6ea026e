from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from tests.cast import START, Cast
from tests.visitor import Visitor
from trialsim.app import create_app
from trialsim.config import Settings
from trialsim.kit.clock import MovableClock
from trialsim.outbox.actions import queue
from trialsim.outbox.models import Mail
from trialsim.programmes.mail import mail_state

SignsIn = Callable[..., Visitor]
SECRET = "Zk3-secret_of_a_single_use_link"  # noqa: S105 (made up)
BODY = f"Choose a password: http://localhost/invitations/{SECRET}"


@pytest.fixture
def one_mail(session: Session) -> None:
    queue(session, recipient="a@example.org", subject="Hi", body=BODY, dedupe_key="k", now=START)
    session.commit()


@pytest.mark.usefixtures("one_mail")
def test_without_a_mail_server_a_manager_reads_the_link(as_person: SignsIn, cast: Cast) -> None:
    page = as_person(cast.olu).get("/outbox")

    assert SECRET in page.text
    assert "No mail server is set" in page.text


@pytest.mark.usefixtures("one_mail")
def test_with_a_mail_server_links_are_for_their_reader_alone(
    settings: Settings, engine: Engine, clock: MovableClock, cast: Cast
) -> None:
    app = create_app(settings.with_changes(smtp_url="smtp://mail"), engine=engine, clock=clock)

    page = Visitor(app).signs_in(cast.olu).get("/outbox")

    assert "/invitations/…" in page.text
    assert SECRET not in page.text


def test_an_empty_outbox_says_so(as_person: SignsIn, cast: Cast) -> None:
    assert "Nothing was written yet" in as_person(cast.olu).get("/outbox").text


def a_mail(sent_at: datetime | None = None, attempts: int = 0, last_error: str = "") -> Mail:
    return Mail(
        dedupe_key="k",
        recipient="a@example.org",
        subject="Hi",
        body=BODY,
        created_at=START,
        due_at=START,
        sent_at=sent_at,
        attempts=attempts,
        last_error=last_error,
    )


@pytest.mark.parametrize(
    ("mail", "words"),
    [
        (a_mail(), "Waiting"),
        (a_mail(sent_at=START + timedelta(minutes=1)), "Sent"),
        (a_mail(attempts=2, last_error="refused"), "Will try again"),
        (a_mail(attempts=20, last_error="refused"), "Given up"),
    ],
)
def test_a_mail_tells_how_it_stands_and_why(mail: Mail, words: str) -> None:
    state = mail_state(mail, sends_mail=True)

    assert state.words == words
    assert ("refused" in state.why) == bool(mail.last_error)
