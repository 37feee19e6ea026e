"""A mentor looks at what the training showed: opens the live queue or gives one more day."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.kit.errors import Invalid
from trialsim.programmes.rules import Need, Thing
from trialsim.training.actions import give_day
from trialsim.trials import access
from trialsim.trials.forms import LiveForm
from trialsim.trials.models import Trial
from trialsim.web.context import now
from trialsim.web.forms import parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session
from trialsim.workflows.readiness.opening import open_queue as open_on_check
from trialsim.workflows.readiness.queries import readiness_page

blueprint = Blueprint("readiness", __name__, url_prefix="/trials/<pid:pid>/live")


@blueprint.get("")
@signed_in
def show(pid: str) -> ResponseReturnValue:
    """Show the evidence, and what was decided."""
    return _page(_trial(pid))


@blueprint.post("")
@signed_in
@once
def open_queue(pid: str) -> ResponseReturnValue:
    """Open the live queue: from here on tickets are scored."""
    trial = _trial(pid)
    form = parse(LiveForm, request.form)
    if form.errors:
        return _page(trial, form.typed, form.errors), 422
    try:
        open_on_check(
            session,
            trial,
            by=current_person(),
            now=now(),
            reason=form.value.reason,
            all_the_same=request.form.get("all_the_same") == "yes",
        )
    except Invalid as error:
        return _page(trial, form.typed, error.fields), 422
    flash("The live queue is open. Scored tickets arrive with the next block of work.")
    return redirect(url_for("readiness.show", pid=pid), 303)


@blueprint.post("/day")
@signed_in
@once
def add_day(pid: str) -> ResponseReturnValue:
    """Give one more day of training."""
    trial = _trial(pid)
    form = parse(LiveForm, request.form)
    if form.errors:
        return _page(trial, {"day": form.typed.get("reason", "")}, {"day": "Please say why."}), 422
    give_day(session, trial, by=current_person(), now=now(), reason=form.value.reason)
    flash("One more day is given. The candidate reads your reason on My trial.")
    return redirect(url_for("readiness.show", pid=pid), 303)


def _trial(pid: str) -> Trial:
    return access.trial(session, current_person(), pid, Thing.TRIAL, Need.MANAGE)[0]


def _page(
    trial: Trial, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> str:
    return render_template(
        "readiness/show.html",
        page=readiness_page(session, trial, now()),
        typed=dict(typed or {}),
        errors=dict(errors or {}),
    )
