"""Video calls, turn by turn: taking one, speaking, holding, ending, following up by email."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.inbox.actions import calls, replies
from trialsim.inbox.call_pages import call_page, calls_page
from trialsim.inbox.forms import MessageForm
from trialsim.inbox.models import Status, Ticket
from trialsim.inbox.pages import own_ticket
from trialsim.inbox.queries.calls import call_pulse
from trialsim.kit.errors import Conflict, Invalid
from trialsim.trials.current import own_trial
from trialsim.trials.models import Trial
from trialsim.web.context import now
from trialsim.web.forms import parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session

blueprint = Blueprint("calls", __name__, url_prefix="/calls")
# Words from the microphone, where the browser makes them on this device; no other page may listen.
_LISTENS = {"Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=()"}


@blueprint.get("")
@signed_in
def index() -> ResponseReturnValue:
    """Show whether calls are taken, who is on the line, and the calls that are over."""
    return render_template("calls/index.html", page=calls_page())


@blueprint.get("/live")
@signed_in
def live() -> ResponseReturnValue:
    """Return the line anew, or 204 while nobody has called."""
    page = calls_page()
    if page.token == request.args.get("seen", ""):
        return "", 204
    return render_template("calls/_line.html", page=page)


@blueprint.post("/taking")
@signed_in
@once
def take() -> ResponseReturnValue:
    """Say whether one customer may call now."""
    takes = request.form.get("takes") == "yes"
    calls.take_calls(session, own_trial(), takes=takes, by=current_person(), now=now())
    return redirect(url_for("calls.index"), 303)


@blueprint.get("/<pid:public_id>")
@signed_in
def show(public_id: str) -> ResponseReturnValue:
    """Show one call: the customer on the line, the transcript, notes."""
    return render_template("calls/show.html", page=call_page(public_id)), _LISTENS


@blueprint.get("/<pid:public_id>/live")
@signed_in
def pulse(public_id: str) -> ResponseReturnValue:
    """Return the call anew, or 204 while it is as the page has seen it."""
    seen = request.args.get("seen", "")
    if seen:
        found = call_pulse(session, current_person().id or 0, public_id, now())
        if not found.is_due and found.token == seen:
            return "", 204
    return render_template("calls/_call.html", page=call_page(public_id))


@blueprint.post("/<pid:public_id>/words")
@signed_in
@once
def say(public_id: str) -> ResponseReturnValue:
    """Say something; what was typed is never lost."""
    trial, ticket = _own_call(public_id)
    form = parse(MessageForm, request.form)
    if form.errors:
        return _refused(public_id, form.typed, " ".join(form.errors.values()), 422)
    try:
        _say(trial, ticket, form.value.reply)
    except Invalid as error:
        session.rollback()
        return _refused(public_id, form.typed, " ".join(error.fields.values()), 422)
    except Conflict as error:
        session.rollback()
        return _refused(public_id, form.typed, str(error), 409)
    return redirect(_back(public_id), 303)


@blueprint.post("/<pid:public_id>/hold")
@signed_in
@once
def hold(public_id: str) -> ResponseReturnValue:
    """Ask the customer to wait a moment."""
    trial, ticket = _own_call(public_id)
    _say(trial, ticket, call_page(public_id).hold_words)
    return redirect(_back(public_id), 303)


@blueprint.post("/<pid:public_id>/notes")
@signed_in
@once
def note(public_id: str) -> ResponseReturnValue:
    """Save a note for the team."""
    trial, ticket = _own_call(public_id)
    form = parse(MessageForm, request.form)
    if form.errors:
        return _refused(public_id, form.typed, " ".join(form.errors.values()), 422)
    try:
        by, body = current_person(), form.value.note
        replies.add_note(session, trial, ticket, by=by, body=body, now=now())
    except Invalid as error:
        session.rollback()
        return _refused(public_id, form.typed, " ".join(error.fields.values()), 422)
    ticket.version += 1  # so that other open pages notice
    return redirect(_back(public_id), 303)


@blueprint.post("/<pid:public_id>/ending")
@signed_in
@once
def end(public_id: str) -> ResponseReturnValue:
    """End the call; it goes on by email."""
    trial, ticket = _own_call(public_id)
    calls.end_call(session, trial, ticket, by=current_person(), now=now())
    return redirect(url_for("calls.show", public_id=public_id), 303)


@blueprint.post("/<pid:public_id>/follow-up")
@signed_in
@once
def follow_up(public_id: str) -> ResponseReturnValue:
    """Begin the email that follows a call."""
    trial, ticket = _own_call(public_id)
    found = call_page(public_id).call
    name, language = found.first_name, found.language
    calls.follow_up(session, trial, ticket, name=name, language=language, now=now())
    flash("The call is over. Write what you promised; it goes out as an email.", "plain")
    return redirect(url_for("inbox.show", public_id=public_id) + "#composer", 303)


def _own_call(public_id: str) -> tuple[Trial, Ticket]:
    """Return one of the person's own calls; NotFound for every other ticket."""
    call_page(public_id)
    return own_ticket(public_id)


def _say(trial: Trial, ticket: Ticket, body: str) -> None:
    calls.check_on_the_line(ticket)
    replies.send_reply(
        session,
        trial,
        ticket,
        by=current_person(),
        body=body,
        status=Status.PENDING,
        now=now(),
    )


def _is_fetched() -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _back(public_id: str) -> str:
    endpoint = "calls.pulse" if _is_fetched() else "calls.show"
    return url_for(endpoint, public_id=public_id)


def _refused(
    public_id: str, typed: Mapping[str, str], words: str, status: int
) -> ResponseReturnValue:
    """Tell a script in words; show a person the page with the text as it was typed."""
    if _is_fetched():
        return words, status
    page = call_page(public_id, {name: typed.get(name, "") for name in ("reply", "note")}, words)
    return render_template("calls/show.html", page=page), status
