"""One mapping from what went wrong to the page a person sees."""

import logging

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from trialsim.kit.errors import (
    Conflict,
    DomainError,
    Invalid,
    NotAllowed,
    NotFound,
    TooMany,
    Unavailable,
)
from trialsim.web.context import visitor
from trialsim.web.guards import PRIVATE_FIELDS, ask_to_sign_in

log = logging.getLogger(__name__)

STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Invalid: 422,
    Conflict: 409,
    TooMany: 429,
    Unavailable: 503,
}
_PAGES = {400, 403, 404, 409, 413, 422, 429, 500, 503}
_HIDDEN = PRIVATE_FIELDS | {"idempotency_key", "version"}


def init_app(app: Flask) -> None:
    """Register the mapping; a traceback reaches the log, never a person."""
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(Exception, _unexpected)


def error_page(
    status: int, message: str = "", typed: dict[str, str] | None = None
) -> tuple[str, int]:
    """Render the page for a status; what the person typed is given back to copy."""
    page = status if status in _PAGES else 400
    name = "400" if page == 422 else str(page)  # noqa: PLR2004 (same advice, other status)
    kept = typed if typed is not None else typed_fields()
    return render_template(f"errors/{name}.html", message=message, typed=kept), status


def typed_fields() -> dict[str, str]:
    """Return the texts of the form at hand, without secrets and bookkeeping."""
    try:
        fields = request.form.items(multi=False)
        return {name: value for name, value in fields if name not in _HIDDEN and value.strip()}
    except HTTPException:  # the form itself was the fault
        return {}


def _domain(error: Exception) -> ResponseReturnValue:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    typed = error.typed if isinstance(error, Conflict) and error.typed else None
    body, code = error_page(status, str(error), typed)
    if isinstance(error, TooMany):
        return body, code, {"Retry-After": str(error.retry_after_seconds)}
    return body, code, ({"Retry-After": "5"} if isinstance(error, Unavailable) else {})


def _form_expired(error: Exception) -> ResponseReturnValue:
    if not visitor().is_authenticated:
        return ask_to_sign_in()
    log.info("form refused: %s", error)
    return error_page(400, "This page was open for too long. Please copy your text and try again.")


def _http(error: Exception) -> ResponseReturnValue:
    code = getattr(error, "code", None) or 500
    if code < 400:  # noqa: PLR2004 (redirects are answers, not errors)
        return error.get_response()  # type: ignore[attr-defined,no-any-return]  # HTTPException has it
    return error_page(code)


def _database(error: Exception) -> ResponseReturnValue:
    log.error("database refused", exc_info=error)
    return _domain(Unavailable())


def _stale(_error: Exception) -> ResponseReturnValue:
    return _domain(Conflict())


def _unexpected(error: Exception) -> ResponseReturnValue:
    log.error("unexpected error", exc_info=error)
    return error_page(500)
