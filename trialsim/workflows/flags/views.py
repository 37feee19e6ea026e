"""Flagging a ticket, and ruling on what was flagged."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import col, select

from trialsim.accounts.signing_in import current_person
from trialsim.inbox import pages
from trialsim.inbox.actions import flagging
from trialsim.inbox.models import FlagKind, FlagRuling, Ticket, TicketFlag
from trialsim.insights.actions import call_for_refresh
from trialsim.kit.errors import NotFound
from trialsim.programmes import access
from trialsim.trials.models import Trial
from trialsim.web.context import now
from trialsim.web.forms import parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session
from trialsim.workflows.flags.forms import FlagForm, RulingForm
from trialsim.workflows.flags.pages import flags_page

blueprint = Blueprint("flags", __name__)


@blueprint.get("/flags")
@signed_in
def index() -> ResponseReturnValue:
    """Show what waits for a ruling."""
    access.manager(current_person())
    return _index()


@blueprint.post("/tickets/<pid:public_id>/flag")
@signed_in
@once
def flag(public_id: str) -> ResponseReturnValue:
    """Flag one of the person's own tickets."""
    trial, ticket = pages.own_ticket(public_id)
    form = parse(FlagForm, request.form)
    if form.errors:
        page = pages.ticket_page(public_id)
        if page is None:
            raise NotFound
        again = {"typed": dict(form.typed), "errors": dict(form.errors)}
        return render_template("inbox/show.html", page=page, form=again), 422
    kind = FlagKind(form.value.flag_kind)
    flagging.flag(
        session,
        trial,
        ticket,
        kind=kind,
        reason=form.value.flag_reason,
        by=current_person(),
        now=now(),
    )
    call_for_refresh(session, trial.cohort_id)
    flash("Flagged. Until a manager has ruled, this conversation counts in no figure.", "good")
    return redirect(url_for("inbox.show", public_id=public_id) + "#fair", 303)


@blueprint.post("/tickets/<pid:public_id>/flag/ruling")
@signed_in
@once
def rule(public_id: str) -> ResponseReturnValue:
    """Rule on a flag."""
    person = current_person()
    access.manager(person)
    found = session.exec(
        select(TicketFlag, Trial)
        .join(Ticket, col(Ticket.id) == TicketFlag.ticket_id)
        .join(Trial, col(Trial.id) == Ticket.trial_id)
        .where(Ticket.public_id == public_id)
    ).first()
    if found is None:
        raise NotFound
    row, trial = found
    form = parse(RulingForm, request.form)
    if form.errors:
        return _index(public_id, form.typed, form.errors), 422
    flagging.rule(
        session,
        row,
        ruling=FlagRuling(form.value.ruling),
        reason=form.value.reason,
        for_everyone=form.value.for_everyone,
        by=person,
        now=now(),
    )
    call_for_refresh(session, trial.cohort_id)
    flash("Ruled. The candidate and the mentors read it on the conversation.", "good")
    return redirect(url_for("flags.index"), 303)


def _index(
    ticket: str = "",
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> str:
    return render_template(
        "flags/index.html",
        page=flags_page(session),
        about=ticket,
        typed=dict(typed or {}),
        errors=dict(errors or {}),
    )
