"""The page that tells what the colleague did overnight."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.programmes.rules import Need, Thing
from trialsim.trials import access
from trialsim.web.context import now
from trialsim.web.guards import signed_in
from trialsim.web.session import session
from trialsim.workflows.hand_over.pages import overnight_page

blueprint = Blueprint("hand_over", __name__)


@blueprint.get("/trials/<pid:pid>/overnight")
@signed_in
def show(pid: str) -> ResponseReturnValue:
    """Show what was done in every night so far, the newest first."""
    trial, standing = access.trial(session, current_person(), pid, Thing.ROOM, Need.READ)
    page = overnight_page(session, trial, standing, now())
    return render_template("hand_over/show.html", page=page)
