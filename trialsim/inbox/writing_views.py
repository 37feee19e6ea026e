"""Around the composer: taking a reply back, files, saved replies, a mentor's look, remarks."""

from collections.abc import Mapping
from urllib.parse import quote

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.inbox import pages, writing_pages
from trialsim.inbox.access import ticket_to_read
from trialsim.inbox.actions import attaching, drafts, looks, saved_replies, sending
from trialsim.inbox.file_types import IMAGES, MIME, sniffed
from trialsim.inbox.forms import MessageForm
from trialsim.inbox.models import DraftKind, FilePlace, Ticket, Verdict
from trialsim.inbox.queries import writing
from trialsim.inbox.remarks import remarks
from trialsim.inbox.writing_forms import LookForm, UseForm, VerdictForm
from trialsim.kit.errors import Invalid, NotAllowed, NotFound
from trialsim.kit.text import clean
from trialsim.programmes.rules import Need, Relation
from trialsim.trials.current import own_trials
from trialsim.trials.models import Trial
from trialsim.web.context import now
from trialsim.web.forms import parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session
from trialsim.web.uploads import sent_files, takes_files

blueprint = Blueprint("writing", __name__)


@blueprint.post("/tickets/<pid:public_id>/outgoing/<pid:reply>/undo")
@signed_in
def undo(public_id: str, reply: str) -> ResponseReturnValue:
    """Take a reply back that has not gone out yet: it is the draft again."""
    _, ticket = pages.own_ticket(public_id)
    sending.take_back(session, ticket, reply=reply, by=current_person(), now=now())
    flash("Taken back. Your reply is a draft again; nobody has read it.", "good")
    return _to_composer(public_id)


@blueprint.post("/tickets/<pid:public_id>/files")
@takes_files
@signed_in
@once
def attach(public_id: str) -> ResponseReturnValue:
    """Lay files beside the draft; the typed text is kept with them."""
    trial, ticket = pages.own_ticket(public_id)
    form = parse(MessageForm, request.form)
    try:
        kind = attach_sent(trial, ticket, form.typed)
        if not is_fetched():
            keep_typed(trial, ticket, form.typed)
    except Invalid as error:
        session.rollback()
        if is_fetched():
            return " ".join(error.fields.values()), 422
        return composer_again(public_id, form.typed, error.fields), 422
    if is_fetched():
        draft = drafts.find_draft(session, ticket, kind)
        return render_template(
            "inbox/_draft_files.html", files=draft.files if draft else [], ticket=public_id
        )
    return _to_composer(public_id)


@blueprint.post("/tickets/<pid:public_id>/files/<pid:file>/removal")
@signed_in
def detach(public_id: str, file: str) -> ResponseReturnValue:
    """Take a file away that has not gone out; the typed text is kept."""
    trial, ticket = pages.own_ticket(public_id)
    kind = attaching.detach(session, ticket, file)
    if is_fetched():
        draft = drafts.find_draft(session, ticket, kind)
        return render_template(
            "inbox/_draft_files.html", files=draft.files if draft else [], ticket=public_id
        )
    keep_typed(trial, ticket, parse(MessageForm, request.form).typed)
    return _to_composer(public_id)


@blueprint.get("/files/<pid:file>")
@signed_in
def show_file(file: str) -> ResponseReturnValue:
    """Hand out one file: an image to be shown, anything else to be saved, nothing to be run."""
    found = writing.attachment(session, file)
    if found is None:
        raise NotFound
    row, ticket = found
    if all(ticket.trial_id != one.id for one in own_trials()):
        if row.place is not FilePlace.SENT:
            raise NotFound
        ticket_to_read(session, current_person(), ticket.public_id, Need.READ)
    way = "inline" if row.kind in IMAGES else "attachment"
    response = Response(row.content, content_type=MIME[row.kind])
    response.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(row.name, safe='')}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@blueprint.post("/tickets/<pid:public_id>/remarks")
@signed_in
def check_text(public_id: str) -> ResponseReturnValue:
    """Say what is worth a second look in the open text; only its writer sees it."""
    typed = parse(MessageForm, request.form).typed
    is_note = typed.get("kind") == "note"
    text = typed.get("note" if is_note else "reply", "")
    found = remarks(writing_pages.written(public_id, text, is_note=is_note))
    if is_fetched():
        return render_template("inbox/_remarks.html", remarks=found)
    return composer_again(public_id, typed, {}, remarks=found)


@blueprint.post("/tickets/<pid:public_id>/looks")
@signed_in
@once
def ask_for_look(public_id: str) -> ResponseReturnValue:
    """Show the draft to the mentors before it goes out."""
    trial, ticket = pages.own_ticket(public_id)
    form = parse(LookForm, request.form)
    if form.errors:
        return composer_again(public_id, form.typed, form.errors), 422
    try:
        looks.ask_for_look(
            session,
            trial,
            ticket,
            by=current_person(),
            body=form.value.reply,
            question=form.value.look_question,
            now=now(),
        )
    except Invalid as error:
        session.rollback()
        return composer_again(public_id, form.typed, error.fields), 422
    keep_typed(trial, ticket, form.typed)
    flash("Your mentors see this draft now. What they say stands beside your text.", "good")
    return _to_composer(public_id)


@blueprint.get("/looks/<pid:look_id>")
@signed_in
def show_look(look_id: str) -> ResponseReturnValue:
    """Show a mentor a draft; its writer is led to the conversation."""
    page, standing = writing_pages.look_page(look_id)
    if standing is Relation.OWN:
        return redirect(url_for("inbox.show", public_id=page.ticket.public_id), 303)
    return render_template("inbox/look.html", page=page, typed={}, errors={})


@blueprint.post("/looks/<pid:look_id>")
@signed_in
@once
def answer_look(look_id: str) -> ResponseReturnValue:
    """Say "send it", or comment."""
    look, _, _, standing = writing_pages.look_to_read(look_id, Need.WRITE)
    if standing is not Relation.MENTOR:
        raise NotAllowed
    form = parse(VerdictForm, request.form)
    try:
        looks.answer_look(
            session,
            look,
            verdict=Verdict(form.value.verdict),
            comment=form.value.comment,
            by=current_person(),
            now=now(),
        )
    except Invalid as error:
        session.rollback()
        page, _ = writing_pages.look_page(look_id)
        again = {"typed": dict(form.typed), "errors": error.fields}
        return render_template("inbox/look.html", page=page, **again), 422
    flash("Thank you. They read it beside their draft.", "good")
    return redirect(url_for("writing.show_look", look_id=look_id), 303)


@blueprint.get("/tickets/<pid:public_id>/saved-replies")
@signed_in
def pick(public_id: str) -> ResponseReturnValue:
    """Show the saved replies as they read for this customer, with what each would do."""
    page = writing_pages.picking_page(public_id)
    return render_template("inbox/saved/pick.html", page=page, typed={}, errors={})


@blueprint.post("/tickets/<pid:public_id>/saved-replies")
@signed_in
def keep_and_pick(public_id: str) -> ResponseReturnValue:
    """Keep what is typed as the draft, and go to the saved replies."""
    trial, ticket = pages.own_ticket(public_id)
    keep_typed(trial, ticket, parse(MessageForm, request.form).typed)
    return redirect(url_for("writing.pick", public_id=public_id), 303)


@blueprint.post("/tickets/<pid:public_id>/saved-replies/uses")
@signed_in
@once
def use(public_id: str) -> ResponseReturnValue:
    """Put one saved reply into the draft."""
    trial, ticket = pages.own_ticket(public_id)
    key = parse(UseForm, request.form).value.saved
    text, send_as, lacking = writing_pages.filled_choice(trial, ticket, key, request.form)
    if lacking:
        page = writing_pages.picking_page(public_id)
        typed = {name: clean(value) for name, value in request.form.items()}
        return render_template("inbox/saved/pick.html", page=page, typed=typed, errors=lacking), 422
    saved_replies.fill_draft(session, ticket, text=text, send_as=send_as, now=now())
    return _to_composer(public_id)


def attach_sent(trial: Trial, ticket: Ticket, typed: Mapping[str, str]) -> DraftKind:
    """Lay the files that came with a form beside the draft whose box is open."""
    kind = DraftKind.NOTE if typed.get("kind") == "note" else DraftKind.REPLY
    found = [sniffed(name, content) for name, content in sent_files(attaching.FIELD)]
    if found:
        attaching.attach(session, trial, ticket, kind=kind, files=found, now=now())
    return kind


def keep_typed(trial: Trial, ticket: Ticket, typed: Mapping[str, str]) -> None:
    """Keep both texts of a form as drafts; an empty one overwrites nothing."""
    for kind in DraftKind:
        body = typed.get(kind.value, "")
        if body:
            drafts.save_draft(session, trial, ticket, kind=kind, body=body, now=now())


def composer_again(
    public_id: str, typed: Mapping[str, str], errors: Mapping[str, str], **more: object
) -> str:
    """Return the conversation with everything as it was typed, and what to do about it."""
    page = pages.ticket_page(public_id)
    if page is None:
        raise NotFound
    form = {"typed": dict(typed), "errors": dict(errors), **more}
    return render_template("inbox/show.html", page=page, form=form)


def is_fetched() -> bool:
    """Whether a script asks, which wants a part and no page."""
    return request.headers.get("X-Requested-With") == "fetch"


def _to_composer(public_id: str) -> ResponseReturnValue:
    return redirect(url_for("inbox.show", public_id=public_id) + "#composer", 303)
