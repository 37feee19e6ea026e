"""A mentor's or manager's page of rulings on one conversation."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from trialsim.accounts.signing_in import current_person
from trialsim.inbox.actions.overruling import Said, overrule_match, overrule_outcome, withdraw
from trialsim.inbox.models import OverruleKind, Ticket
from trialsim.insights.actions import call_for_refresh
from trialsim.kit.errors import Conflict
from trialsim.trials.models import Trial
from trialsim.web.context import now
from trialsim.web.forms import parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session
from trialsim.workflows.overrules import access
from trialsim.workflows.overrules.forms import MatchForm, OutcomeForm
from trialsim.workflows.overrules.pages import overrules_page

blueprint = Blueprint("overrules", __name__, url_prefix="/tickets/<pid:public_id>/overrules")
_KEPT = "Kept. The outcome follows at once, the figures with their next round."


@blueprint.get("")
@signed_in
def show(public_id: str) -> ResponseReturnValue:
    """Show what was read in every reply, and every ruling."""
    return _page(*access.conversation(session, current_person(), public_id))


@blueprint.post("")
@signed_in
@once
def overrule(public_id: str) -> ResponseReturnValue:
    """Rule that a reply said something after all, or that it did not."""
    person = current_person()
    ticket, trial = access.conversation(session, person, public_id)
    form = parse(MatchForm, request.form)
    if form.errors:
        return _page(ticket, trial, form.typed, form.errors), 422
    sent = form.value
    scenario, kind, name = sent.about.split(":")
    said = Said(sent.message, scenario, OverruleKind(kind), name, counts=sent.counts == "yes")
    try:
        overrule_match(session, trial, ticket, said, reason=sent.reason, by=person, now=now())
    except Conflict as error:
        session.rollback()
        return _page(ticket, trial, form.typed, {"form": str(error)}), 409
    return _done(trial, public_id, _KEPT)


@blueprint.post("/outcome")
@signed_in
@once
def outcome(public_id: str) -> ResponseReturnValue:
    """Rule what the whole work was worth."""
    person = current_person()
    ticket, trial = access.conversation(session, person, public_id)
    form = parse(OutcomeForm, request.form)
    if form.errors:
        return _page(ticket, trial, form.typed, form.errors), 422
    sent = form.value
    try:
        overrule_outcome(
            session, trial, ticket, sent.outcome, reason=sent.reason, by=person, now=now()
        )
    except Conflict as error:
        session.rollback()
        return _page(ticket, trial, form.typed, {"form": str(error)}), 409
    return _done(trial, public_id, _KEPT)


@blueprint.post("/<pid:overrule_id>/withdrawal")
@signed_in
@once
def take_back(public_id: str, overrule_id: str) -> ResponseReturnValue:
    """Take a ruling back; it stays in the list."""
    person = current_person()
    ticket, trial = access.conversation(session, person, public_id)
    row = access.own_ruling(session, person, ticket, overrule_id)
    withdraw(session, trial, row, by=person, now=now())
    return _done(trial, public_id, "Taken back. The engine's reading counts again.")


def _done(trial: Trial, public_id: str, words: str) -> Response:
    call_for_refresh(session, trial.cohort_id)
    flash(words, "good")
    return redirect(url_for("overrules.show", public_id=public_id), 303)


def _page(
    ticket: Ticket,
    trial: Trial,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> str:
    return render_template(
        "overrules/show.html",
        page=overrules_page(session, ticket, trial, current_person()),
        typed=dict(typed or {}),
        errors=dict(errors or {}),
    )
