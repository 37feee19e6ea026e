"""Hours and pay: the candidate's own, totals for mentors, all of it for managers."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.pay.queries import hours_page
from trialsim.programmes.rules import Need, Thing
from trialsim.trials import access
from trialsim.trials.current import own_trial
from trialsim.web.context import now
from trialsim.web.guards import signed_in
from trialsim.web.session import session

blueprint = Blueprint("pay", __name__)


@blueprint.get("/hours")
@signed_in
def own_hours() -> ResponseReturnValue:
    """Lead a candidate to the hours of their newest trial."""
    return redirect(url_for("pay.hours", pid=own_trial().public_id), 303)


@blueprint.get("/trials/<pid:pid>/hours")
@signed_in
def hours(pid: str) -> ResponseReturnValue:
    """Show a trial's hours by week."""
    trial, standing = access.trial(session, current_person(), pid, Thing.HOURS, Need.READ)
    return render_template("pay/hours.html", page=hours_page(session, trial, standing, now()))
