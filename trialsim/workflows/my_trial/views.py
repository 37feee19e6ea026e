"""The candidate's first page."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.programmes.rules import Role
from trialsim.trials.current import current_standings, own_trial, own_trials
from trialsim.trials.rules import TrialState
from trialsim.web.context import now
from trialsim.web.guards import signed_in
from trialsim.web.session import engine, session
from trialsim.workflows.my_trial.measured import NEVER, cards
from trialsim.workflows.my_trial.queries import my_trial_page
from trialsim.workflows.my_trial.week import week_page

blueprint = Blueprint("trials", __name__)


@blueprint.get("/trial")
@signed_in
def home() -> ResponseReturnValue:
    """Show a candidate their day; before it, lead to the terms, or say when they come."""
    waiting = [one for one in current_standings() if one.membership.role is Role.CANDIDATE]
    if waiting and not own_trials():
        return render_template("my_trial/waiting.html", cohort=waiting[0].cohort)
    trial = own_trial()
    if trial.state is TrialState.INVITED:
        return redirect(url_for("steps.terms", pid=trial.public_id), 303)
    page = my_trial_page(session, engine(), trial, current_person(), now())
    week = week_page(session, page, now())
    return render_template("my_trial/show.html", page=page, week=week)


@blueprint.get("/measured")
@signed_in
def measured() -> ResponseReturnValue:
    """Say in plain words what is measured and what never is."""
    return render_template("my_trial/measured.html", cards=cards(), never=NEVER)
