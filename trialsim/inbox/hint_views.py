"""Asking for a hint on a practice ticket."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.inbox import pages
from trialsim.inbox.actions.hints import take_hint
from trialsim.web.context import now
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session

blueprint = Blueprint("hints", __name__)


@blueprint.post("/tickets/<pid:public_id>/hints")
@signed_in
@once
def take(public_id: str) -> ResponseReturnValue:
    """Give the next hint and show it beside the conversation."""
    trial, ticket = pages.own_ticket(public_id)
    if take_hint(session, trial, ticket, by=current_person(), now=now()) is None:
        flash("That is all for now. Do this first, then ask again.")
    return redirect(url_for("inbox.show", public_id=public_id) + "#hints", 303)
