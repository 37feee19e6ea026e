"""A person's own saved replies: a list with folders and search, and a page for each."""

from collections.abc import Mapping
from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.inbox.actions.saved_replies import keep_reply
from trialsim.inbox.models import SavedReply
from trialsim.inbox.queries import writing
from trialsim.inbox.substitution import folder_of
from trialsim.inbox.writing_forms import SavedReplyForm
from trialsim.kit.errors import Invalid
from trialsim.kit.text import clean
from trialsim.trials.current import own_trial
from trialsim.web.context import now
from trialsim.web.forms import parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session

blueprint = Blueprint("saved_replies", __name__, url_prefix="/saved-replies")


@blueprint.get("")
@signed_in
def index() -> ResponseReturnValue:
    """List the person's own saved replies."""
    own_trial()
    return _index()


@blueprint.post("")
@signed_in
@once
def create() -> ResponseReturnValue:
    """Keep a new one."""
    own_trial()
    form = parse(SavedReplyForm, request.form)
    if form.errors:
        return _index(form.typed, form.errors), 422
    try:
        _keep(form.value)
    except Invalid as error:
        session.rollback()
        return _index(form.typed, error.fields), 422
    flash("Saved. It is there in every conversation.", "good")
    return redirect(url_for("saved_replies.index"), 303)


@blueprint.get("/<pid:saved_id>")
@signed_in
def show(saved_id: str) -> ResponseReturnValue:
    """Show one to change it."""
    saved = writing.saved_reply(session, current_person(), saved_id)
    return _one(saved, {"name": saved.name, "body": saved.body, "status": saved.status or ""}, {})


@blueprint.post("/<pid:saved_id>")
@signed_in
def change(saved_id: str) -> ResponseReturnValue:
    """Change one."""
    saved = writing.saved_reply(session, current_person(), saved_id)
    form = parse(SavedReplyForm, request.form)
    if form.errors:
        return _one(saved, form.typed, form.errors), 422
    try:
        _keep(form.value, saved)
    except Invalid as error:
        session.rollback()
        return _one(saved, form.typed, error.fields), 422
    flash("Changed.", "good")
    return redirect(url_for("saved_replies.index"), 303)


@blueprint.post("/<pid:saved_id>/removal")
@signed_in
def remove(saved_id: str) -> ResponseReturnValue:
    """Remove one; replies written with it stay as they are."""
    session.delete(writing.saved_reply(session, current_person(), saved_id))
    flash("Removed.", "good")
    return redirect(url_for("saved_replies.index"), 303)


def _keep(form: SavedReplyForm, saved: SavedReply | None = None) -> None:
    keep_reply(
        session,
        current_person(),
        name=form.name,
        body=form.body,
        status=form.send_as,
        now=now(),
        saved=saved,
    )


def _index(typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None) -> str:
    words = clean(request.args.get("q", ""))[:100]
    found = writing.saved_replies(session, current_person(), words)
    folders = [
        (folder or "Without a folder", list(group))
        for folder, group in groupby(found, key=lambda one: folder_of(one.name))
    ]
    return render_template(
        "inbox/saved/index.html",
        folders=folders,
        words=words,
        typed=dict(typed or {}),
        errors=dict(errors or {}),
    )


def _one(saved: SavedReply, typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    return render_template(
        "inbox/saved/one.html", saved=saved, typed=dict(typed), errors=dict(errors)
    )
