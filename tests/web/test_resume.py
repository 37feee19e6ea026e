"""Somebody whose session ends while they write finds their text again after signing in."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from flask import Flask
from sqlmodel import Session, select
from werkzeug.datastructures import MultiDict

from tests.cast import PASSWORD, START, Cast
from tests.factories.cohort import a_live_cohort
from tests.factories.inbox import at_work
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.models import Message, Ticket

SignsIn = Callable[[Person], Visitor]
TEXT = 'First line, with <b>signs</b> & "quotes".\n\nSecond: a whole answer that took a while.'


class Forms(HTMLParser):
    """Reads the forms of a page as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: list[tuple[str, MultiDict[str, str]]] = []
        self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.sent.append((found.get("action", ""), MultiDict()))
        elif tag == "input" and found.get("name"):
            self.sent[-1][1].add(found["name"], found.get("value", ""))
        elif tag == "textarea":
            self._area = found["name"]
            self.sent[-1][1].add(self._area, "")

    def handle_data(self, data: str) -> None:
        if self._area:
            fields = self.sent[-1][1]
            fields[self._area] = fields[self._area] + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            fields = self.sent[-1][1]
            fields[self._area] = fields[self._area].removeprefix("\n")
            self._area = ""


@pytest.fixture
def ticket(session: Session, cast: Cast) -> Ticket:
    return at_work(session, a_live_cohort(session, cast), START)[2][0]


def send_after_the_session_ended(
    app: Flask, visitor: Visitor, path: str, fields: MultiDict[str, str]
) -> str:
    """Send a form with the token of a session that is gone, and return the page that answers."""
    token = visitor.token()
    visitor.client = app.test_client()
    answer = visitor.client.post(path, data=MultiDict([("csrf_token", token), *fields.items(True)]))
    assert answer.status_code == 401
    assert "What you wrote is safe" in answer.text
    return answer.text


def sign_in(visitor: Visitor, page: str, person: Person, password: str = PASSWORD) -> str:
    """Fill in the sign-in form of a page, with everything that it carries, and send it."""
    action, fields = Forms(page).sent[0]
    fields["email"], fields["password"] = person.email, password
    return visitor.client.post(action, data=fields).text


def test_the_text_is_there_after_signing_in_and_can_be_sent(
    app: Flask, session: Session, cast: Cast, ticket: Ticket, as_person: SignsIn
) -> None:
    cem = as_person(cast.cem)
    form = {"kind": "public", "status": "pending", "reply": TEXT, "idempotency_key": "k1"}
    page = send_after_the_session_ended(
        app, cem, f"/tickets/{ticket.public_id}/messages", MultiDict(form)
    )

    wrong = sign_in(cem, page, cast.cem, "not this one at all")
    back = sign_in(cem, wrong, cast.cem)
    action, fields = Forms(back).sent[0]
    sent = cem.client.post(action, data=fields)

    assert "Your text is still here" in back
    assert fields["reply"] == TEXT
    assert sent.status_code == 303
    assert session.exec(select(Message.body).where(Message.author_id == cast.cem.id)).all() == [
        TEXT
    ]


def test_everything_ticked_is_kept(app: Flask, cast: Cast, as_person: SignsIn) -> None:
    hana = as_person(cast.hana)
    ticked = MultiDict([("evidence", "C1"), ("evidence", "C4"), ("reason", TEXT)])

    page = send_after_the_session_ended(app, hana, "/packets/pk_222222222222/votes", ticked)
    _, fields = Forms(sign_in(hana, page, cast.hana)).sent[0]

    assert fields.getlist("evidence") == ["C1", "C4"]
    assert fields["reason"] == TEXT


def test_a_sign_in_page_that_was_open_for_too_long_still_carries_the_text(
    app: Flask, cast: Cast, as_person: SignsIn
) -> None:
    zed = as_person(cast.zed)
    page = send_after_the_session_ended(
        app, zed, "/trials/tr_222222222222/room/posts", MultiDict({"body": TEXT})
    )
    zed.client = app.test_client()  # the sign-in page's own cookie is gone as well

    again = sign_in(zed, page, cast.zed)
    back = sign_in(zed, again, cast.zed)
    action, fields = Forms(back).sent[0]

    assert action == "/trials/tr_222222222222/room/posts"
    assert fields["body"] == TEXT


@pytest.mark.parametrize("target", ["https://evil.example/x", "//evil.example", "javascript:x"])
def test_kept_text_is_never_led_off_site(visitor: Visitor, cast: Cast, target: str) -> None:
    answer = visitor.post(
        "/sign-in",
        {
            "email": cast.zed.email,
            "password": PASSWORD,
            "kept_target": target,
            "kept.reply": "x",
        },
    )

    assert answer.status_code == 303
    assert answer.location == "/"


def test_passwords_are_never_given_back(app: Flask, cast: Cast, as_person: SignsIn) -> None:
    page = send_after_the_session_ended(
        app,
        as_person(cast.zed),
        "/account/preferences",
        MultiDict({"password": "zq-secret", "new_password": "zq-secret", "zone": "UTC"}),
    )

    assert "zq-secret" not in page
