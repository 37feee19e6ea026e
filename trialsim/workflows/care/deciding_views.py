"""A manager's page of what candidates ask to have different; nobody else reads a word of it."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.programmes import access as programmes
from trialsim.programmes.models import Cohort
from trialsim.programmes.rules import Need, Thing
from trialsim.trials import access
from trialsim.web.context import now, settings
from trialsim.web.forms import parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session
from trialsim.workflows.care.asking import decide as decide_request
from trialsim.workflows.care.forms import DecideForm
from trialsim.workflows.care.pages import request_of, requests_page

blueprint = Blueprint("accommodations", __name__)


@blueprint.get("/cohorts/<pid:pid>/accommodations")
@signed_in
def show(pid: str) -> ResponseReturnValue:
    """Show what the candidates of a cohort asked for."""
    cohort = programmes.cohort(session, current_person(), pid, Need.READ, Thing.ACCOMMODATION)
    return render_template("care/requests.html", page=requests_page(session, cohort))


@blueprint.post("/accommodations/<pid:pid>")
@signed_in
@once
def decide(pid: str) -> ResponseReturnValue:
    """Decide one request, or change what was decided."""
    person = current_person()
    row, trial_pid = request_of(session, pid)
    trial, _ = access.trial(session, person, trial_pid, Thing.ACCOMMODATION, Need.MANAGE)
    cohort, form = session.get_one(Cohort, trial.cohort_id), parse(DecideForm, request.form)
    if form.errors:
        page = requests_page(session, cohort)
        page = replace(page, sent=pid, typed=form.typed, errors=form.errors)
        return render_template("care/requests.html", page=page), 422
    sent = form.value
    decide_request(
        session,
        row,
        sent.granted,
        answer=sent.answer,
        by=person,
        now=now(),
        version=sent.version,
        base_url=settings().base_url,
    )
    flash("Decided. It works from now on, and the candidate is told.", "good")
    return redirect(url_for("accommodations.show", pid=cohort.public_id), 303)
