"""The candidate's desk: views, conversations, writing, and the customer's world."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.inbox import library, pages
from trialsim.inbox.actions import desk as desk_actions
from trialsim.inbox.actions import drafts, merging, replies
from trialsim.inbox.first_reading import note_first_article
from trialsim.inbox.forms import ActionForm, EscalationForm, MessageForm, StatusForm
from trialsim.inbox.models import DraftKind, Status, Ticket
from trialsim.inbox.organise.after import place_after, place_of
from trialsim.inbox.writing_views import attach_sent, composer_again
from trialsim.kit.errors import Conflict, Invalid, NotFound
from trialsim.kit.text import clean
from trialsim.simulation.types import ActionBarred, FieldType, Value
from trialsim.trials.models import Trial
from trialsim.web.context import now, settings
from trialsim.web.filters import clock_time
from trialsim.web.forms import parse
from trialsim.web.guards import signed_in
from trialsim.web.markdown import render
from trialsim.web.once import once
from trialsim.web.session import session
from trialsim.web.uploads import takes_files

blueprint = Blueprint("inbox", __name__)


@blueprint.get("/desk")
@signed_in
def index() -> ResponseReturnValue:
    """Show what needs a reply."""
    return show_view("reply")


@blueprint.get("/desk/<slug:view>")
@signed_in
def show_view(view: str) -> ResponseReturnValue:
    """Show one view."""
    return render_template("inbox/show.html", page=pages.desk_page(view), form=None)


@blueprint.get("/tickets/<pid:public_id>")
@signed_in
def show(public_id: str) -> ResponseReturnValue:
    """Show one conversation: at work for its candidate, to read for mentors and managers."""
    page = pages.ticket_page(public_id)
    if page is None:
        return render_template("inbox/read.html", page=pages.reading_page(public_id))
    return render_template("inbox/show.html", page=page, form=None)


@blueprint.post("/tickets/<pid:public_id>/messages")
@takes_files
@signed_in
@once
def write(public_id: str) -> ResponseReturnValue:
    """Send a reply or save a note; what was typed is never lost."""
    trial, ticket = pages.own_ticket(public_id)
    form = parse(MessageForm, request.form)
    if form.errors:
        return composer_again(public_id, form.typed, dict(form.errors)), 422
    try:
        attach_sent(trial, ticket, form.typed)
        _write(trial, ticket, form.value)
    except Invalid as error:
        session.rollback()
        return composer_again(public_id, form.typed, error.fields), 422
    except Conflict as error:
        session.rollback()
        return composer_again(public_id, form.typed, {"form": str(error)}), 409
    if form.value.is_note:
        return redirect(place_of(trial, ticket), 303)
    return redirect(place_after(trial, ticket), 303)


@blueprint.post("/tickets/<pid:public_id>/drafts")
@signed_in
def save_draft(public_id: str) -> ResponseReturnValue:
    """Keep both texts as drafts; answers with the words to show."""
    trial, ticket = pages.own_ticket(public_id)
    form = parse(MessageForm, request.form)
    if form.errors:
        return next(iter(form.errors.values())), 422
    emptied = request.form.getlist("emptied")
    for kind, field in ((DraftKind.REPLY, "reply"), (DraftKind.NOTE, "note")):
        if field in request.form:
            drafts.save_draft(
                session,
                trial,
                ticket,
                kind=kind,
                body=getattr(form.value, field),
                now=now(),
                was_emptied=field in emptied,
            )
    return f"Draft saved {clock_time(now())}"


@blueprint.post("/tickets/<pid:public_id>/preview")
@signed_in
def preview(public_id: str) -> ResponseReturnValue:
    """Return the text that is shown as it will look."""
    pages.own_ticket(public_id)
    form = parse(MessageForm, request.form)
    text = form.typed.get("note" if form.typed.get("kind") == "note" else "reply", "")
    return render_template("inbox/_preview.html", html=render(text))


@blueprint.post("/tickets/<pid:public_id>/macros")
@signed_in
def fill_macro(public_id: str) -> ResponseReturnValue:
    """Show the page again with a macro in the open text: the way without scripts."""
    typed = dict(parse(MessageForm, request.form).typed)
    page = pages.ticket_page(public_id)
    if page is None:
        raise NotFound
    macro = page.composing.macro(request.form.get("macro", "")) if page.composing else None
    body = macro.body if macro else ""
    field = "note" if typed.get("kind") == "note" else "reply"
    typed[field] = "\n\n".join(part for part in (typed.get(field, ""), body) if part)
    return render_template("inbox/show.html", page=page, form={"typed": typed, "errors": {}})


@blueprint.post("/tickets/<pid:public_id>/status")
@signed_in
def set_status(public_id: str) -> ResponseReturnValue:
    """Change the status without writing."""
    trial, ticket = pages.own_ticket(public_id)
    form = parse(StatusForm, request.form)
    replies.set_status(session, trial, ticket, status=Status(form.value.status), now=now())
    return redirect(url_for("inbox.show", public_id=public_id), 303)


@blueprint.post("/tickets/<pid:public_id>/actions")
@signed_in
@once
def act(public_id: str) -> ResponseReturnValue:
    """Do something to one of the customer's records."""
    trial, ticket = pages.own_ticket(public_id)
    form = parse(ActionForm, request.form).value
    try:
        tells = desk_actions.do_action(
            session,
            trial,
            ticket,
            action=form.action,
            target=form.record,
            params=_params(trial, form.action),
            by=current_person(),
            now=now(),
        )
    except ActionBarred as error:
        session.rollback()
        flash(str(error), "warn")
    else:
        flash(tells, "good")
    return redirect(url_for("inbox.show", public_id=public_id) + "#world", 303)


@blueprint.post("/tickets/<pid:public_id>/escalation")
@signed_in
@once
def escalate(public_id: str) -> ResponseReturnValue:
    """Hand a ticket to a team with a note."""
    trial, ticket = pages.own_ticket(public_id)
    form = parse(EscalationForm, request.form)
    if form.errors:
        return composer_again(public_id, form.typed, dict(form.errors)), 422
    tells = desk_actions.escalate(
        session,
        trial,
        ticket,
        team=form.value.team,
        reason=form.value.reason,
        note=form.value.handover,
        by=current_person(),
        now=now(),
    )
    flash(tells, "plain")
    return redirect(url_for("inbox.show", public_id=public_id), 303)


@blueprint.get("/tickets/<pid:public_id>/merge/<pid:other>")
@signed_in
def confirm_merge(public_id: str, other: str) -> ResponseReturnValue:
    """Show what moves when two conversations of one customer are put together."""
    page = pages.merging_page(public_id, other)
    return render_template("inbox/merge.html", page=page)


@blueprint.post("/tickets/<pid:public_id>/merge/<pid:other>")
@signed_in
@once
def merge(public_id: str, other: str) -> ResponseReturnValue:
    """Put the newer one into the older one."""
    trial, _ = pages.own_ticket(public_id)
    page = pages.merging_page(public_id, other)
    merging.merge(session, trial, page.leaving, page.staying, by=current_person(), now=now())
    flash(f"#{page.leaving.number} is merged in here. You can undo that today.", "good")
    return redirect(url_for("inbox.show", public_id=page.staying.public_id), 303)


@blueprint.post("/tickets/<pid:public_id>/merge/undo")
@signed_in
@once
def undo_merge(public_id: str) -> ResponseReturnValue:
    """Take a merge back on the day it was made."""
    trial, ticket = pages.own_ticket(public_id)
    merging.undo_merge(session, trial, ticket, by=current_person(), now=now())
    flash(f"#{ticket.number} stands by itself again.", "good")
    return redirect(url_for("inbox.show", public_id=public_id), 303)


@blueprint.get("/help")
@signed_in
def articles() -> ResponseReturnValue:
    """Search help articles, policies and macros."""
    words = clean(request.args.get("q", ""))[:100]
    return render_template("inbox/articles.html", page=library.library_page(words))


@blueprint.get("/help/<slug:kind>/<slug:document>")
@signed_in
def article(kind: str, document: str) -> ResponseReturnValue:
    """Read one article or policy."""
    page = library.document_page(kind, document)
    if kind == "articles":
        note_first_article()
    return render_template("inbox/article.html", page=page)


def _write(trial: Trial, ticket: Ticket, form: MessageForm) -> None:
    person = current_person()
    if form.is_note:
        replies.add_note(session, trial, ticket, by=person, body=form.note, now=now())
        flash("Note saved.", "good")
        return
    seconds = settings().undo_seconds
    held = replies.hold_reply(
        session,
        trial,
        ticket,
        by=person,
        body=form.reply,
        status=form.send_as,
        now=now(),
        undo=timedelta(seconds=seconds),
        version=form.version,
    )
    flash(f"Sent. You can take it back for {seconds} seconds." if held else "Sent.", "good")


def _params(trial: Trial, action: str) -> dict[str, Value]:
    """Read an action's details in the types its author gave them."""
    fields = (
        pages.company(trial).actions[action].params
        if action in pages.company(trial).actions
        else {}
    )
    read: dict[str, Value] = {}
    for name, field in fields.items():
        text = clean(request.form.get(f"param.{name}", ""))[:500]
        if field.type in (FieldType.MONEY, FieldType.NUMBER):
            read[name] = _number(text, cents=field.type is FieldType.MONEY)
        elif field.type is FieldType.BOOL:
            read[name] = text == "yes"
        else:
            read[name] = text
    return read


def _number(text: str, *, cents: bool) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return round(value * 100) if cents else value
