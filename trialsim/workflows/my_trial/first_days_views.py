"""Ticking a step of the first days by hand, and taking the tick away."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.kit.errors import Conflict, NotFound
from trialsim.programmes.rules import Need, Thing
from trialsim.scenarios.queries import pack
from trialsim.training.actions import tick, untick
from trialsim.trials import access
from trialsim.trials.rules import TrialState
from trialsim.web.context import now
from trialsim.web.guards import signed_in
from trialsim.web.session import session
from trialsim.workflows.my_trial.first_days import steps_of

blueprint = Blueprint("first_days", __name__, url_prefix="/trials/<pid:pid>/first-days")


@blueprint.post("/<slug:step>")
@signed_in
def change(pid: str, step: str) -> ResponseReturnValue:
    """Tick a step, or take its tick away."""
    trial, _ = access.trial(session, current_person(), pid, Thing.TRIAL, Need.WRITE)
    steps = steps_of(pack(session, trial.pack_hash))
    if not any(one.id == step and not one.done_by for one in steps):
        raise NotFound
    if trial.state is not TrialState.TRAINING:
        raise Conflict("Your first days are over, so this list is no longer needed.")
    if request.form.get("done") == "yes":
        tick(session, trial, step, now())
    else:
        untick(session, trial, step)
    return redirect(url_for("trials.home") + "#first-h", 303)
