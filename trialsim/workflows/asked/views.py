"""Everything that is asked of a mentor, on one page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.kit.errors import NotFound
from trialsim.programmes.rules import Role
from trialsim.trials.current import current_standings
from trialsim.web.context import now
from trialsim.web.guards import signed_in
from trialsim.web.session import session
from trialsim.workflows.asked.pages import asked_page

blueprint = Blueprint("asked", __name__)


@blueprint.get("/asked")
@signed_in
def show() -> ResponseReturnValue:
    """Show questions, drafts, who may be ready, and mentions, the late first."""
    held = current_standings()
    if all(one.membership.role is not Role.MENTOR for one in held):
        raise NotFound
    page = asked_page(session, current_person(), held, now())
    return render_template("asked/show.html", page=page)
