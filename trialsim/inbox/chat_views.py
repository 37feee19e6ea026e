"""Live chats: reading and writing side by side, taking new ones, ending, going on by email."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.inbox.actions import channels, replies
from trialsim.inbox.chat_pages import Typed, chats_page
from trialsim.inbox.forms import MessageForm
from trialsim.inbox.models import Status, Ticket
from trialsim.inbox.pages import own_ticket
from trialsim.inbox.queries.chats import pulse
from trialsim.inbox.queries.ladder import LIVE_STATES
from trialsim.inbox.rules import is_live_talk
from trialsim.kit.errors import Conflict, Invalid
from trialsim.trials.current import own_trial
from trialsim.trials.models import Trial
from trialsim.web.context import now
from trialsim.web.errors import error_page
from trialsim.web.forms import parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session

blueprint = Blueprint("chats", __name__, url_prefix="/chats")
_OVER = "This chat is over or goes on by email. Your text is kept."


@blueprint.get("")
@signed_in
def index() -> ResponseReturnValue:
    """Show one to three chats side by side."""
    return render_template("chats/show.html", page=chats_page())


@blueprint.get("/live")
@signed_in
def live() -> ResponseReturnValue:
    """Return the chats anew, or 204 while they are as the page has seen them."""
    seen = request.args.get("seen", "")
    if seen:
        found = pulse(session, current_person().id or 0, now())
        if not found.is_due and found.token == seen:
            return "", 204
    page = chats_page()
    return "" if seen == page.token else render_template("chats/_desk.html", page=page)


@blueprint.post("/taking")
@signed_in
@once
def take() -> ResponseReturnValue:
    """Say whether new customers may come by chat in this block."""
    takes = request.form.get("takes") == "yes"
    trial = own_trial()
    channels.take_chats(session, trial, takes=takes, by=current_person(), now=now())
    return redirect(url_for("chats.index"), 303)


@blueprint.post("/<pid:public_id>/messages")
@signed_in
@once
def write(public_id: str) -> ResponseReturnValue:
    """Send one message or save a note; what was typed is never lost."""
    trial, ticket = own_ticket(public_id)
    form = parse(MessageForm, request.form)
    if form.errors:
        return _refused(public_id, form.typed, dict(form.errors), 422)
    try:
        _write(trial, ticket, form.value)
    except Invalid as error:
        session.rollback()
        return _refused(public_id, form.typed, dict(error.fields), 422)
    except Conflict as error:
        session.rollback()
        return _refused(public_id, form.typed, {"form": str(error)}, 409)
    return redirect(_back(public_id), 303)


@blueprint.post("/<pid:public_id>/email")
@signed_in
@once
def move(public_id: str) -> ResponseReturnValue:
    """Let a conversation go on by email."""
    _, ticket = own_ticket(public_id)
    channels.move_to_email(session, ticket, by=current_person(), now=now())
    flash(f"#{ticket.number} goes on by email. That costs nothing.", "good")
    return redirect(url_for("chats.index"), 303)


@blueprint.post("/<pid:public_id>/ending")
@signed_in
@once
def end(public_id: str) -> ResponseReturnValue:
    """End a chat: its ticket is solved."""
    trial, ticket = own_ticket(public_id)
    if not _is_chat(ticket):
        raise Conflict(_OVER)
    replies.set_status(session, trial, ticket, status=Status.SOLVED, now=now())
    return redirect(url_for("chats.index"), 303)


def _write(trial: Trial, ticket: Ticket, form: MessageForm) -> None:
    person = current_person()
    if form.is_note:
        replies.add_note(session, trial, ticket, by=person, body=form.note, now=now())
        ticket.version += 1  # so that other open pages notice
        return
    if not _is_chat(ticket):
        raise Conflict(_OVER)
    replies.send_reply(
        session, trial, ticket, by=person, body=form.reply, status=form.send_as, now=now()
    )


def _is_chat(ticket: Ticket) -> bool:
    return is_live_talk(ticket.channel) and ticket.status in LIVE_STATES


def _is_fetched() -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _back(public_id: str) -> str:
    if _is_fetched():
        return url_for("chats.live")
    return url_for("chats.index") + f"#chat-{public_id}"


def _refused(
    public_id: str, typed: Mapping[str, str], errors: Mapping[str, str], status: int
) -> ResponseReturnValue:
    """Tell a script in words; show a person the page with the text as it was typed."""
    if _is_fetched():
        return " ".join(errors.values()), status
    page = chats_page(Typed(public_id, typed, errors))
    if all(one.ticket.public_id != public_id for one in page.chats):
        return error_page(status, " ".join(errors.values()), dict(typed))
    return render_template("chats/show.html", page=page), status
