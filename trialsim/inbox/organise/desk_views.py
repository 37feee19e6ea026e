"""The desk as a whole: what is next, saved views, changes to several tickets, and one's choices."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.inbox.actions import arranging, bulk
from trialsim.inbox.bulk import MOST
from trialsim.inbox.organise import pages
from trialsim.inbox.organise.forms import ChangeForm, ViewForm
from trialsim.inbox.queries.organising import chosen, next_in_view
from trialsim.inbox.queries.views import find_own_view
from trialsim.kit.errors import Invalid, NotFound
from trialsim.kit.text import clean
from trialsim.trials.current import own_trial
from trialsim.web.context import now
from trialsim.web.filters import plural
from trialsim.web.forms import parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session

blueprint = Blueprint("arrange", __name__)


@blueprint.get("/desk/<slug:view>/next")
@signed_in
def start(view: str) -> ResponseReturnValue:
    """Open the next ticket of a view, and stay in it ticket after ticket."""
    trial = pages.the_view(view)
    found = next_in_view(session, trial, view, now())
    if found is None:
        flash("That was the last one in this view for now.", "good")
        return redirect(url_for("inbox.show_view", view=view), 303)
    return redirect(url_for("inbox.show", public_id=found.public_id, view=view, work=1), 303)


@blueprint.post("/desk/choices")
@signed_in
def choose() -> ResponseReturnValue:
    """Choose what follows a reply."""
    arranging.choose_after(session, own_trial(), request.form.get("after", ""))
    flash("Saved.", "good")
    return redirect(url_for("inbox.index"), 303)


@blueprint.get("/desk/<slug:view>/selection")
@signed_in
def select(view: str) -> ResponseReturnValue:
    """Tick tickets of a view and say what should become of them."""
    return render_template("organise/selection.html", page=pages.selection_page(view))


@blueprint.post("/desk/<slug:view>/selection")
@signed_in
def preview(view: str) -> ResponseReturnValue:
    """Show what would change, before anything does."""
    form, ticked = parse(ChangeForm, request.form), request.form.getlist("ticket")[:MOST]
    errors = dict(form.errors)
    if not ticked:
        errors["tickets"] = "Please tick at least one conversation."
    if form.found is not None and form.found.change.is_empty:
        errors["change"] = "Please choose at least one thing to change."
    if errors or form.found is None:
        page = pages.selection_page(view, ticked, form.typed, errors)
        return render_template("organise/selection.html", page=page), 422
    found = pages.preview_page(view, ticked, form.found.change, form.typed)
    return render_template("organise/preview.html", page=found)


@blueprint.post("/desk/<slug:view>/changes")
@signed_in
@once
def change(view: str) -> ResponseReturnValue:
    """Change the ticked tickets."""
    trial = pages.the_view(view)
    form = parse(ChangeForm, request.form).value
    rows = chosen(session, trial, request.form.getlist("ticket")[:MOST])
    tickets = [row.ticket for row in rows]
    count = bulk.change_all(session, trial, tickets, form.change, by=current_person(), now=now())
    flash(f"{plural(count, 'conversation')} changed.", "good" if count else "plain")
    return redirect(url_for("inbox.show_view", view=view), 303)


@blueprint.get("/views/new")
@signed_in
def new_view() -> ResponseReturnValue:
    """Ask for a name and conditions, with those of a search filled in."""
    own_trial()
    typed = {"conditions": clean(request.args.get("q", ""))[:200]}
    return render_template("organise/view.html", page=pages.ViewPage(typed, {}))


@blueprint.post("/views")
@signed_in
@once
def save_view() -> ResponseReturnValue:
    """Save a view."""
    form = parse(ViewForm, request.form)
    trial = own_trial()
    try:
        key = arranging.save_view(
            session,
            trial,
            name=form.value.name,
            text=form.value.conditions,
            sort=form.value.sort,
        )
    except Invalid as error:
        session.rollback()
        page = pages.ViewPage(form.typed, error.fields)
        return render_template("organise/view.html", page=page), 422
    return redirect(url_for("inbox.show_view", view=key), 303)


@blueprint.post("/views/<slug:key>/deletion")
@signed_in
def drop_view(key: str) -> ResponseReturnValue:
    """Delete a saved view; its tickets stay."""
    trial = own_trial()
    if find_own_view(trial, key) is None:
        raise NotFound
    arranging.drop_view(session, trial, key)
    flash("The view is deleted. Its conversations stay where they are.", "good")
    return redirect(url_for("inbox.index"), 303)


@blueprint.get("/trials/<pid:public_id>/skips")
@signed_in
def skips(public_id: str) -> ResponseReturnValue:
    """Show a mentor what was passed over, and why."""
    return render_template("organise/skips.html", page=pages.skips_page(public_id))
