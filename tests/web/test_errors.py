"""Whatever goes wrong ends in a page for people: what happened and what to do."""

from collections.abc import Callable
from datetime import timedelta
from typing import NoReturn
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from tests.cast import START, Cast
from tests.factories.cohort import a_live_cohort
from tests.factories.inbox import at_work
from tests.visitor import Visitor
from trialsim.accounts.actions import add_person, make_link, use_link
from trialsim.accounts.models import LinkKind, Person
from trialsim.accounts.rules import INVITATION_LASTS
from trialsim.kit.clock import MovableClock
from trialsim.kit.errors import Conflict, TooMany, Unavailable
from trialsim.web.guards import open_to_all

SignsIn = Callable[[Person], Visitor]
TOO_OLD = "This link has been used or is too old. Please ask for a new one."


def breaks(app: Flask, error: Exception) -> None:
    """Add a page to the app on which something goes wrong."""

    @open_to_all
    def broken() -> NoReturn:
        raise error

    app.add_url_rule("/broken", "broken", broken, methods=["GET", "POST"])


@pytest.fixture
def link(session: Session, clock: MovableClock) -> str:
    """An invitation that nobody has used."""
    person = add_person(session, email="nel@example.org", name="Nel", now=clock.now())
    token = make_link(session, person, LinkKind.INVITATION, clock.now())
    session.commit()
    return token


def test_an_unknown_invitation_says_to_ask_for_a_new_one(visitor: Visitor) -> None:
    page = visitor.get("/invitations/abcdefghijklmnopqrstuvwxyz")

    assert page.status_code == 404
    assert TOO_OLD in page.text


def test_a_used_invitation_says_so_and_names_nobody(
    visitor: Visitor, session: Session, link: str, clock: MovableClock
) -> None:
    before = visitor.get(f"/invitations/{link}")
    use_link(session, link, LinkKind.INVITATION, clock.now())
    session.commit()

    page = visitor.get(f"/invitations/{link}")

    assert before.status_code == 200
    assert page.status_code == 404
    assert TOO_OLD in page.text
    assert "nel@example.org" not in page.text


def test_an_expired_invitation_says_so(visitor: Visitor, link: str, clock: MovableClock) -> None:
    clock.move(INVITATION_LASTS + timedelta(seconds=1))

    page = visitor.get(f"/invitations/{link}")
    sent = visitor.post(f"/invitations/{link}", {"password": "a quiet morning by the river"})

    assert (page.status_code, sent.status_code) == (404, 404)
    assert TOO_OLD in page.text


def test_an_invitation_opens_no_password_reset(visitor: Visitor, link: str) -> None:
    assert visitor.get(f"/password-resets/{link}").status_code == 404


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (RuntimeError("zq-inside"), 500),
        (KeyError("zq-inside"), 500),
        (Conflict("It changed."), 409),
        (Unavailable(), 503),
        (TooMany(retry_after_seconds=7), 429),
        (OperationalError("SELECT zq-inside", {}, Exception("disk full")), 503),
    ],
)
def test_an_error_page_gives_the_text_back_and_tells_nothing_of_the_inside(
    app: Flask, error: Exception, status: int
) -> None:
    breaks(app, error)
    visitor = Visitor(app)

    page = visitor.post("/broken", {"reply": "A text that took an hour.", "password": "zq-secret"})

    assert page.status_code == status
    assert "A text that took an hour." in page.text
    assert not [
        word for word in ("zq-inside", "zq-secret", "Traceback", ".py") if word in page.text
    ]


def test_an_overload_says_when_to_try_again(app: Flask) -> None:
    breaks(app, Unavailable())

    assert int(Visitor(app).get("/broken").headers["Retry-After"]) > 0


def test_a_body_of_more_than_two_megabytes_is_refused_at_once(visitor: Visitor) -> None:
    visitor.token()

    page = visitor.client.post("/sign-in", data={"email": "x" * (2 * 1024 * 1024 + 1)})

    assert page.status_code == 413
    assert "too large" in page.text


def test_a_reply_of_one_megabyte_is_refused_and_the_ticket_lives(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    ticket = at_work(session, a_live_cohort(session, cast), START)[2][0]
    cem, path = as_person(cast.cem), f"/tickets/{ticket.public_id}"

    page = cem.post(f"{path}/messages", {"kind": "public", "reply": "ä" * 500_000})

    assert page.status_code in {413, 422}
    assert cem.get(path).status_code == 200


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=zq"]
)
def test_twenty_thousand_fields_are_answered_below_500(
    cast: Cast, as_person: SignsIn, kind: str
) -> None:
    zed = as_person(cast.zed)
    fields = {"csrf_token": zed.token()} | {f"f{number}": "x" for number in range(20_000)}
    parts = (
        f'--zq\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    body = "".join(parts) + "--zq--\r\n" if "multipart" in kind else urlencode(fields)

    answer = zed.client.post("/account/preferences", data=body, content_type=kind)

    assert answer.status_code in {303, 413}


@pytest.mark.parametrize(
    "body", [b"\xff\xfe\x00", b"%", b"a=%zz&=&&&", b"csrf_token=%00", b"--x\r\n\r\n--x--"]
)
@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x/y", ""]
)
def test_bodies_that_are_no_form_are_answered_below_500(
    visitor: Visitor, body: bytes, kind: str
) -> None:
    answer = visitor.client.post("/sign-in", data=body, content_type=kind)

    assert answer.status_code in {400, 401, 413}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_other_methods_get_a_page_and_nothing_else(visitor: Visitor, method: str) -> None:
    answer = visitor.client.open("/sign-in", method=method)

    assert answer.status_code in {400, 401, 405}
    assert answer.mimetype == "text/html"
