"""Security headers stand on every answer, and nothing private is stored on the way."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NoReturn

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.app import create_app
from trialsim.config import Settings
from trialsim.kit.clock import MovableClock
from trialsim.web.guards import open_to_all

SignsIn = Callable[[Person], Visitor]
FORBIDDEN = ("unsafe-inline", "unsafe-eval", "http:", "https:", "data:", "*")
INLINE = re.compile(r"<style|\son[a-z]+=|<script(?![^>]*\bsrc=)|\sstyle=|href=\"javascript:")


@pytest.fixture
def app(app: Flask) -> Flask:
    """The app with one page on which something goes wrong."""

    @open_to_all
    def broken() -> NoReturn:
        raise RuntimeError

    app.add_url_rule("/broken", "broken", broken)
    return app


def open_everything(app: Flask, person: Visitor) -> Mapping[str, TestResponse]:
    """Open a page of every kind: public, private, static, and each way to fail."""
    nobody = Visitor(app)
    style = re.search(r'href="(/static/app-[^"]+)"', nobody.get("/sign-in").text)
    assert style is not None
    return {
        "public": nobody.get("/sign-in"),
        "private": person.get("/account"),
        "home": person.get("/"),
        "asset": nobody.get(style[1]),
        "health": nobody.get("/livez"),
        "redirect": nobody.get("/account"),
        "options": nobody.client.options("/account"),
        "400": person.client.post("/account/preferences"),
        "401": nobody.client.post("/account/preferences", data={"zone": "UTC"}),
        "404": nobody.get("/nowhere"),
        "405": nobody.client.put("/sign-in"),
        "413": nobody.client.post("/sign-in", data={"x": "x" * 3_000_000}),
        "422": nobody.post("/sign-in", {"email": "nobody"}),
        "500": nobody.get("/broken"),
    }


def test_every_answer_carries_the_headers(app: Flask, cast: Cast, as_person: SignsIn) -> None:
    answers = open_everything(app, as_person(cast.olu))

    for name, answer in answers.items():
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, name
        assert not [word for word in FORBIDDEN if word in policy.split("; ")], name
        assert "unsafe" not in policy, name
        for part in ("object-src", "base-uri", "form-action", "frame-ancestors"):
            assert part in policy, name
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name
        assert answer.headers["X-Frame-Options"] == "DENY", name
        assert answer.headers["Referrer-Policy"] == "same-origin", name
        assert "Server" not in answer.headers, name


def test_only_assets_may_be_stored(app: Flask, cast: Cast, as_person: SignsIn) -> None:
    answers = open_everything(app, as_person(cast.olu))

    kept = {name for name, one in answers.items() if "no-store" not in one.headers["Cache-Control"]}

    assert kept == {"asset"}


def test_no_page_needs_what_the_policy_forbids(app: Flask, cast: Cast, as_person: SignsIn) -> None:
    answers = open_everything(app, as_person(cast.olu))

    pages = {name: one.text for name, one in answers.items() if one.mimetype == "text/html"}

    assert len(pages) > 8
    assert {name: INLINE.findall(text) for name, text in pages.items() if INLINE.search(text)} == {}


@pytest.mark.parametrize("secure", [True, False])
def test_cookies_are_out_of_reach(
    settings: Settings, engine: Engine, clock: MovableClock, *, secure: bool
) -> None:
    address = "https://trial.example.org" if secure else "http://localhost"
    app = create_app(
        replace(settings, base_url=address, secure_cookies=secure), engine=engine, clock=clock
    )

    answer = app.test_client().get("/sign-in", base_url=address)
    cookie = answer.headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert ("Secure" in cookie) is secure
    assert cookie.startswith("__Host-trialsim=") is secure
    assert ("Strict-Transport-Security" in answer.headers) is secure


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:99999"])
def test_another_host_name_stands_in_no_link(app: Flask, host: str) -> None:
    answer = Visitor(app).client.get("/sign-in", headers={"Host": host})

    assert answer.status_code < 500
    assert "evil.example" not in answer.text
    assert "evil.example" not in answer.headers.get("Location", "")
