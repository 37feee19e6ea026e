"""The steps of a trial: accepting its terms, clocking in and out of paid work."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.kit.errors import Conflict, Invalid
from trialsim.kit.text import clean
from trialsim.programmes.rules import Need, Thing
from trialsim.trials import access, actions
from trialsim.trials.forms import ZONES, ClockForm, TermsForm
from trialsim.trials.models import Trial
from trialsim.trials.pages import terms_page
from trialsim.trials.rules import Block
from trialsim.web.context import now
from trialsim.web.filters import duration
from trialsim.web.forms import Parsed, parse, parse_values
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.redirects import local_path
from trialsim.web.session import session

blueprint = Blueprint("steps", __name__, url_prefix="/trials/<pid:pid>")


@blueprint.get("/terms")
@signed_in
def terms(pid: str) -> ResponseReturnValue:
    """Show the terms to the own candidate: to accept, and afterwards to read."""
    trial, _ = access.trial(session, current_person(), pid, Thing.TRIAL, Need.WRITE)
    return _terms(trial)


@blueprint.post("/terms")
@signed_in
@once
def accept(pid: str) -> ResponseReturnValue:
    """Accept the terms as they were read, with the announced days and hours."""
    person = current_person()
    trial, _ = access.trial(session, person, pid, Thing.TRIAL, Need.WRITE)
    form = _terms_form()
    if form.errors:
        return _terms(trial, form.typed, form.errors), 422
    chosen = form.value
    if chosen.version != trial.version:
        raise Conflict("The terms have changed since you opened them. Please read them once more.")
    try:
        actions.accept(
            session,
            trial,
            by=person,
            now=now(),
            zone=chosen.zone,
            weekdays=chosen.weekdays,
            day_starts=chosen.day_starts,
            day_ends=chosen.day_ends,
        )
    except Invalid as error:
        return _terms(trial, form.typed, error.fields), 422
    flash("Welcome. These terms are now fixed for your whole trial.")
    return redirect(url_for("trials.home"), 303)


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


def _terms_form() -> Parsed[TermsForm]:
    typed = {name: clean(value) for name, value in request.form.items(multi=False)}
    return parse_values(
        TermsForm, {**typed, "weekdays": request.form.getlist("weekdays")[:7]}, typed
    )


def _terms(
    trial: Trial, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> str:
    if typed is None:
        chosen = {
            "day_starts": f"{trial.day_starts:%H:%M}",
            "day_ends": f"{trial.day_ends:%H:%M}",
            "zone": trial.zone,
        }
        days = [str(number) for number in trial.weekdays]
    else:
        chosen, days = dict(typed), request.form.getlist("weekdays")
    return render_template(
        "trials/terms.html",
        page=terms_page(session, trial),
        chosen=chosen,
        days=days,
        errors=dict(errors or {}),
        zones=[(name, name) for name in ZONES],
    )
