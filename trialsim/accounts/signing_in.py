"""Bridges Flask-Login and our session rows: the cookie's id is the secret of a `SignIn`."""

from datetime import datetime, timedelta
from typing import cast

from flask import Flask, current_app, request
from flask import session as cookie
from flask_login import LoginManager, current_user, login_user, logout_user

from trialsim.accounts import actions, queries
from trialsim.accounts.models import Person, SignIn
from trialsim.accounts.passwords import Passwords
from trialsim.config import Settings
from trialsim.db import write_session
from trialsim.web.context import now, settings
from trialsim.web.session import SAFE_METHODS, engine, session

SEEN_EVERY = timedelta(minutes=5)


class SignedIn:
    """Whoever sends the request: a person, with the secret of the session at hand."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, person: Person, token: str) -> None:
        self.person = person
        self.token = token
        self.id = person.id or 0
        self.zone = person.zone

    def get_id(self) -> str:
        """Return what Flask-Login keeps in the signed cookie."""
        return self.token


def init_app(app: Flask, chosen: Settings) -> None:
    """Set up Flask-Login over session rows, and the password hasher."""
    manager = LoginManager(app)
    manager.session_protection = None  # a row of our own decides, on every request
    manager.user_loader(_load)
    app.extensions["passwords"] = Passwords(
        time_cost=chosen.argon2_time, memory_kib=chosen.argon2_memory_kib
    )


def passwords() -> Passwords:
    """Return the application's password hasher."""
    return cast("Passwords", current_app.extensions["passwords"])


def current_person() -> Person:
    """Return who is signed in; behind `signed_in` there always is somebody."""
    return cast("SignedIn", current_user).person


def sign_in(person: Person) -> None:
    """Open a fresh session row and a fresh cookie, so that nothing from before lives on."""
    cookie.clear()
    cookie.permanent = True
    lasts = timedelta(days=settings().session_days)
    token = actions.start_session(session, person, now(), lasts)
    login_user(SignedIn(person, token))


def sign_out() -> None:
    """End this session; its cookie and every copy are dead."""
    if current_user.is_authenticated:
        actions.end_session(session, cast("SignedIn", current_user).token, now())
    logout_user()
    cookie.clear()


def _load(token: str) -> SignedIn | None:
    moment = now()
    idle_after = moment - timedelta(hours=settings().idle_hours)
    found = queries.signed_in_person(session, token, moment, idle_after)
    if found is None:
        return None
    person, row = found
    if moment - row.seen_at > SEEN_EVERY:
        _note_seen(row, moment)
    return SignedIn(person, token)


def _note_seen(row: SignIn, moment: datetime) -> None:
    """Keep a session alive; a writing request holds SQLite's write lock and notes it itself."""
    if request.method not in SAFE_METHODS:
        row.seen_at = moment
        session.add(row)
        return
    with write_session(engine()) as db:
        fresh = db.get(SignIn, row.id)
        if fresh is not None:
            fresh.seen_at = moment
