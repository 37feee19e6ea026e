"""The steps of a trial: clocking in and out of paid work."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.programmes.rules import Need, Thing
from trialsim.trials import access, actions
from trialsim.trials.forms import ClockForm
from trialsim.trials.rules import Block
from trialsim.web.context import now
from trialsim.web.filters import duration
from trialsim.web.forms import parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.redirects import local_path
from trialsim.web.session import session

blueprint = Blueprint("steps", __name__, url_prefix="/trials/<pid:pid>")


@blueprint.post("/clock")
@signed_in
@once
def clock_in(pid: str) -> ResponseReturnValue:
    """Start a block of paid work and go back to the page one came from."""
    person = current_person()
    trial, _ = access.trial(session, person, pid, Thing.HOURS, Need.WRITE)
    form = parse(ClockForm, request.form).value
    actions.clock_in(session, trial, form.kind, by=person, now=now())
    return redirect(local_path(form.next, "/"), 303)


@blueprint.post("/clock/out")
@signed_in
@once
def clock_out(pid: str) -> ResponseReturnValue:
    """End the running block; without one nothing changes."""
    person = current_person()
    trial, _ = access.trial(session, person, pid, Thing.HOURS, Need.WRITE)
    entry = actions.clock_out(session, trial, by=person, now=now())
    if entry is not None:
        minutes = Block(entry.started_at, entry.ended_at).minutes(now())
        flash(f"Clocked out: {duration(minutes)} logged.")
    return redirect(local_path(request.form.get("next"), "/"), 303)
