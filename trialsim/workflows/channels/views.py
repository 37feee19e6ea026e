"""A mentor looks at what speaks for the next channel and opens it, with a reason."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.inbox.actions.channels import open_rung
from trialsim.inbox.ladder import LADDER, Rung
from trialsim.programmes.rules import Need, Thing
from trialsim.trials import access
from trialsim.trials.forms import LiveForm
from trialsim.trials.models import Trial
from trialsim.web.context import now
from trialsim.web.forms import parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session
from trialsim.workflows.channels.queries import ladder_page

blueprint = Blueprint("channels", __name__, url_prefix="/trials/<pid:pid>/channels")


class RungForm(LiveForm):
    """Opening a rung: which, and why, in one line."""

    rung: Rung


@blueprint.get("")
@signed_in
def show(pid: str) -> ResponseReturnValue:
    """Show the ladder with what speaks for each rung."""
    return _page(_trial(pid))


@blueprint.post("")
@signed_in
@once
def open_channel(pid: str) -> ResponseReturnValue:
    """Open one rung."""
    trial = _trial(pid)
    form = parse(RungForm, request.form)
    if form.errors:
        return _page(trial, form.typed, form.errors), 422
    rung = form.value.rung
    evidence = ladder_page(session, trial, now()).evidence
    reason = form.value.reason
    open_rung(session, trial, rung, evidence, by=current_person(), reason=reason, now=now())
    flash(f"{LADDER[rung].label}: open now.")
    return redirect(url_for("channels.show", pid=pid), 303)


def _trial(pid: str) -> Trial:
    return access.trial(session, current_person(), pid, Thing.TRIAL, Need.MANAGE)[0]


def _page(
    trial: Trial, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> str:
    return render_template(
        "channels/show.html",
        page=ladder_page(session, trial, now()),
        typed=dict(typed or {}),
        errors=dict(errors or {}),
    )
