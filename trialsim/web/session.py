"""One database session per request: committed once at the end, or not at all."""

from typing import cast

from flask import Flask, Response, current_app, g, request
from sqlalchemy import Engine
from sqlmodel import Session
from werkzeug.local import LocalProxy

from trialsim.db import writing

FIRST_FAILING_STATUS = 400
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask, engine: Engine) -> None:
    """Open lazily, commit below status 400, roll back otherwise, always close."""

    def settle(response: Response) -> Response:
        if "session" in g:
            if response.status_code < FIRST_FAILING_STATUS:
                g.session.commit()
            else:
                g.session.rollback()
        return response

    def close(_error: BaseException | None) -> None:
        if (opened := g.pop("session", None)) is not None:
            opened.close()

    app.extensions["engine"] = engine
    app.after_request(settle)
    app.teardown_request(close)


def engine() -> Engine:
    """Return the application's engine, for work that needs a transaction of its own."""
    return cast("Engine", current_app.extensions["engine"])


def _current() -> Session:
    if "session" not in g:
        bind = engine() if request.method in SAFE_METHODS else writing(engine())
        g.session = Session(bind, expire_on_commit=False)
    return cast("Session", g.session)


session = cast("Session", LocalProxy(_current))
