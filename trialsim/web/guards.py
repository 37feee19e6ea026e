"""Doors before a view runs. Knows no table: the person comes from the sign-in feature."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.web.context import visitor
from trialsim.web.session import SAFE_METHODS

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]
Fields = tuple[tuple[str, str], ...]
PRIVATE_FIELDS = frozenset({"csrf_token", "password", "new_password", "current_password"})


def signed_in(view: View[P]) -> View[P]:
    """Let only signed-in people pass; keeps what a signed-out person had typed."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if visitor().is_authenticated:
            return view(*args, **kwargs)
        return ask_to_sign_in()

    guarded.is_guarded = True  # type: ignore[attr-defined]  # read by the test of all routes
    return guarded


def open_to_all(view: View[P]) -> View[P]:
    """Mark a view that needs no sign-in, so that forgetting a guard shows."""
    view.is_guarded = True  # type: ignore[attr-defined]  # read by the test of all routes
    return view


def ask_to_sign_in() -> ResponseReturnValue:
    """Lead to the sign-in page; a sent form is kept and offered again afterwards."""
    if request.method in SAFE_METHODS:
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
    target, kept = request.path, _sent()
    if target == url_for("accounts.sign_in"):  # its own page was too old: keep what it carried
        target, kept = kept_form()
    page = render_template("accounts/sign_in.html", kept=kept, target=target, form=None)
    return page, 401


def kept_form() -> tuple[str, Fields]:
    """Return the path and fields a signed-out person had sent, carried by the sign-in form."""
    target = request.form.get("kept_target", "")
    fields = tuple(
        (name.removeprefix("kept."), value) for name, value in _sent() if name.startswith("kept.")
    )
    return target, fields


def _sent() -> Fields:
    """Return the form at hand field by field, without secrets; a name may come several times."""
    fields = request.form.items(multi=True)
    return tuple((name, value) for name, value in fields if name not in PRIVATE_FIELDS)
