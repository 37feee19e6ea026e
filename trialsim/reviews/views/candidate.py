"""What a candidate reads of the reviews about their work."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.reviews import access, actions
from trialsim.reviews.queries.pages import feedback_items, feedback_page, first_name
from trialsim.trials.current import current_standings
from trialsim.web.context import now
from trialsim.web.guards import signed_in
from trialsim.web.session import session

blueprint = Blueprint("feedback", __name__)


@blueprint.get("/feedback")
@signed_in
def index() -> ResponseReturnValue:
    """Show every review that was released to a candidate."""
    person = current_person()
    access.candidate(current_standings())
    items = feedback_items(session, person, now())
    return render_template("reviews/feedback.html", items=items)


@blueprint.get("/feedback/<pid:public_id>")
@signed_in
def show(public_id: str) -> ResponseReturnValue:
    """Show one released review."""
    file, mentor = access.feedback(session, current_person(), public_id, now())
    return render_template("reviews/feedback_one.html", page=feedback_page(session, file, mentor))


@blueprint.post("/feedback/<pid:public_id>/reading")
@signed_in
def read(public_id: str) -> ResponseReturnValue:
    """Note that the candidate has read it; a second press changes nothing."""
    person = current_person()
    file, mentor = access.feedback(session, person, public_id, now())
    actions.acknowledge(session, file.review, by=person, now=now())
    flash(f"Marked as read. {first_name(mentor)} sees that.")
    return redirect(url_for("feedback.index"), 303)
