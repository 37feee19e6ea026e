"""A form sent twice makes one entry: the second press is led where the first one went."""

import hashlib
import secrets
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from trialsim.kit.errors import Conflict
from trialsim.web.context import now
from trialsim.web.models import SentForm
from trialsim.web.session import FIRST_FAILING_STATUS, session

P = ParamSpec("P")
FIELD = "idempotency_key"
LONGEST_KEY = 100
LONGEST_LOCATION = 500


def once_key() -> str:
    """Return a fresh key for one rendered form."""
    return secrets.token_urlsafe(18)


def once(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Run a creating view once per rendered form.

    The key is stored in the view's own transaction, so that two presses at the same time wait
    for each other; a refused form (400 and up) gives its key back.
    """

    @wraps(view)
    def run_once(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        key = _key()
        if key is None:
            return view(*args, **kwargs)
        earlier = session.get(SentForm, key)
        if earlier is not None:
            return _lead_on(earlier)
        form = SentForm(key=key, person_id=getattr(current_user, "id", None), at=now())
        try:
            session.add(form)
            session.flush()
        except IntegrityError:  # the other press committed while this one waited
            session.rollback()
            return _lead_on(session.get(SentForm, key))
        response = make_response(view(*args, **kwargs))
        if response.status_code < FIRST_FAILING_STATUS:
            form.location = (response.location or "")[:LONGEST_LOCATION]
        return response

    return run_once


def _lead_on(earlier: SentForm | None) -> ResponseReturnValue:
    """Lead to where the first press went; say so when that cannot be told."""
    if earlier is None or not 0 < len(earlier.location) < LONGEST_LOCATION:
        raise Conflict("This form was sent already. Please open the page again.")
    return redirect(earlier.location, 303)


def forget_old_forms(db: Session, before: object) -> None:
    """Delete keys older than an instant; a day is enough."""
    db.connection().execute(delete(SentForm).where(col(SentForm.at) < before))


def _key() -> str | None:
    sent = request.form.get(FIELD, "")[:LONGEST_KEY]
    if not sent:
        return None
    owner = getattr(current_user, "id", "nobody")
    return hashlib.sha256(f"{owner}/{request.path}/{sent}".encode()).hexdigest()
