"""Signing in and out, invitations, password resets."""

import hashlib
from zoneinfo import available_timezones

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from trialsim.accounts import actions, queries
from trialsim.accounts.forms import AddressForm, NewPasswordForm, SignInForm
from trialsim.accounts.models import LinkKind, Person
from trialsim.accounts.rules import (
    QUICK_TRIES_AN_ADDRESS,
    normal_email,
    password_fault,
    wait_after,
)
from trialsim.accounts.signing_in import current_person, passwords, sign_out
from trialsim.accounts.signing_in import sign_in as open_session
from trialsim.db import write_session
from trialsim.kit.errors import NotFound, TooMany
from trialsim.outbox.actions import queue
from trialsim.web.context import now, settings, visitor
from trialsim.web.forms import Parsed, parse
from trialsim.web.guards import kept_form, open_to_all, signed_in
from trialsim.web.redirects import local_path
from trialsim.web.session import SAFE_METHODS, engine, session

blueprint = Blueprint("accounts", __name__)

_ZONES = tuple(sorted(available_timezones()))
_WRONG = "Email and password do not fit together. Please check both."


@blueprint.get("/sign-in")
@open_to_all
def sign_in() -> ResponseReturnValue:
    """Show the sign-in page."""
    if visitor().is_authenticated:
        return redirect(url_for("home.show"), 303)
    return render_template("accounts/sign_in.html", form=None, kept=(), target="")


@blueprint.post("/sign-in")
@open_to_all
def open_session_with_password() -> ResponseReturnValue:
    """Check a password; wrong ones cost time, and all look alike."""
    target, fields = kept_form()
    form = parse(SignInForm, request.form)
    person = _person_with_password(form) if not form.errors else None
    if person is None:
        form = form if form.errors else form.with_errors({"form": _WRONG})
        page = render_template("accounts/sign_in.html", form=form, kept=fields, target=target)
        return page, 422
    open_session(person)
    if fields and local_path(target, ""):
        return render_template("accounts/resume.html", kept=fields, target=target)
    return redirect(local_path(request.args.get("next"), url_for("home.show")), 303)


@blueprint.post("/sign-out")
@open_to_all
def close_session() -> ResponseReturnValue:
    """End this session."""
    sign_out()
    flash("You are signed out.")
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.route("/invitations/<token:token>", methods=["GET", "POST"])
@open_to_all
def invitation(token: str) -> ResponseReturnValue:
    """Accept an invitation by choosing a password."""
    return _choose_password(token, LinkKind.INVITATION)


@blueprint.route("/password-resets/<token:token>", methods=["GET", "POST"])
@open_to_all
def reset(token: str) -> ResponseReturnValue:
    """Choose a new password through a mailed link."""
    return _choose_password(token, LinkKind.PASSWORD_RESET)


@blueprint.route("/password-resets", methods=["GET", "POST"])
@open_to_all
def ask_reset() -> ResponseReturnValue:
    """Mail a reset link; the answer is the same whether or not the address is known."""
    if request.method in SAFE_METHODS:
        return render_template("accounts/ask_reset.html", form=None)
    form = parse(AddressForm, request.form)
    if form.errors:
        return render_template("accounts/ask_reset.html", form=form), 422
    person = queries.find_person(session, form.value.email)
    if person is not None and person.deactivated_at is None:
        _mail_reset(person)
    flash("If we know this address, a link is on its way. It works for two hours.")
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    """Show one's own account and open sessions."""
    person = current_person()
    rows = queries.open_sign_ins(session, person, now())
    zones = [(name, name) for name in _ZONES]
    return render_template("accounts/account.html", person=person, sign_ins=rows, zones=zones)


@blueprint.post("/account/sessions")
@signed_in
def end_sessions() -> ResponseReturnValue:
    """Sign out everywhere else, keeping this session."""
    person = current_person()
    actions.end_all(session, person, now())
    open_session(person)
    flash("Every other session has ended.")
    return redirect(url_for("accounts.account"), 303)


@blueprint.post("/account/preferences")
@signed_in
def preferences() -> ResponseReturnValue:
    """Save name, zone and whether single-letter shortcuts work."""
    person = current_person()
    zone = request.form.get("zone", "")
    person.zone = zone if zone in _ZONES else person.zone
    person.shortcuts_on = request.form.get("shortcuts_on") == "yes"
    session.add(person)
    flash("Saved.")
    return redirect(url_for("accounts.account"), 303)


def _person_with_password(form: Parsed[SignInForm]) -> Person | None:
    """Return the person when the password fits.

    The slow hash is checked outside any write transaction; a wrong one is stored on its own.
    """
    email = normal_email(form.value.email)
    keys = (_hashed(email), _hashed(request.remote_addr or ""))
    with Session(engine(), expire_on_commit=False) as db:
        by_account, by_address = queries.wrong_passwords(db, *keys, now())
        person = queries.find_person(db, email)
    wait = max(wait_after(by_account, now()), wait_after(by_address, now(), QUICK_TRIES_AN_ADDRESS))
    if wait.total_seconds() > 0:
        seconds = int(wait.total_seconds()) + 1
        raise TooMany(
            f"Too many wrong passwords. Please wait {seconds} seconds and try again.",
            retry_after_seconds=seconds,
        )
    stored = person.password_hash if person else None
    fits = passwords().fits(form.value.password, stored)
    if person is None or not fits or person.deactivated_at is not None:
        with write_session(engine()) as db:
            actions.note_wrong_password(db, *keys, now())
        return None
    actions.forget_wrong_passwords(session, keys[0])
    return person


def _choose_password(token: str, kind: LinkKind) -> ResponseReturnValue:
    link = queries.open_link(session, token, kind, now())
    person = session.get(Person, link.person_id) if link else None
    if person is None:
        raise NotFound("This link has been used or is too old. Please ask for a new one.")
    first = kind is LinkKind.INVITATION
    page = {"first": first, "person": person, "zones": [(name, name) for name in _ZONES]}
    if request.method in SAFE_METHODS:
        return render_template("accounts/choose_password.html", form=None, **page)
    form = parse(NewPasswordForm, request.form)
    fault = password_fault(request.form.get("password", ""), person.email)
    if fault and "password" not in form.errors:
        form = form.with_errors({"password": fault})
    if form.errors:
        return render_template("accounts/choose_password.html", form=form, **page), 422
    actions.use_link(session, token, kind, now())
    if first:
        person.name = form.value.name or person.name
        person.zone = form.value.zone if form.value.zone in _ZONES else person.zone
    actions.set_password(session, person, passwords().hash(request.form["password"]), now())
    open_session(person)
    return redirect(url_for("home.show"), 303)


def _mail_reset(person: Person) -> None:
    token = actions.make_link(session, person, LinkKind.PASSWORD_RESET, now())
    address = settings().base_url + url_for("accounts.reset", token=token)
    queue(
        session,
        recipient=person.email,
        subject="A new password for TrialSim",
        body=render_template("email/accounts/reset.txt", person=person, address=address),
        dedupe_key=f"reset-{_hashed(token)[:24]}",
        now=now(),
    )


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
