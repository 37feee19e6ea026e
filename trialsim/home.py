"""The front door: leads everybody to where their role begins its day."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.programmes.rules import Role
from trialsim.trials.current import current_standings
from trialsim.web.guards import signed_in

blueprint = Blueprint("home", __name__)

FIRST_PAGE = {
    Role.CANDIDATE: "trials.home",
    Role.MENTOR: "insights.today",
    Role.COMMITTEE: "committee.packets",
}


@blueprint.get("/")
@signed_in
def show() -> ResponseReturnValue:
    """Lead to the first page of the newest role held, or say that nothing waits."""
    person = current_person()
    held = current_standings()
    if held:
        return redirect(url_for(FIRST_PAGE[held[0].membership.role]), 303)
    if person.is_manager:
        return redirect(url_for("programmes.index"), 303)
    return render_template("home/nothing.html")
