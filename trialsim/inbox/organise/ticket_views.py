"""One ticket in its place: details, snoozing, tabs, skipping, splitting, problems, its history."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.inbox import pages as desk
from trialsim.inbox.actions import arranging, organising, problems, splitting
from trialsim.inbox.organise import pages
from trialsim.inbox.organise.after import place_of
from trialsim.inbox.organise.forms import (
    DetailsForm,
    LinkForm,
    SkipForm,
    SnoozeForm,
    SplitForm,
    UpdateForm,
)
from trialsim.inbox.queries.organising import by_number, incidents
from trialsim.inbox.snoozing import moment_of, wakes_at
from trialsim.inbox.states import Status
from trialsim.kit.errors import Conflict, Invalid, NotFound
from trialsim.trials.queries import hours_of
from trialsim.web.context import now
from trialsim.web.filters import moment, plural
from trialsim.web.forms import parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session

blueprint = Blueprint("order", __name__, url_prefix="/tickets/<pid:public_id>")


@blueprint.post("/details")
@signed_in
def change_details(public_id: str) -> ResponseReturnValue:
    """Set priority, type and tags."""
    trial, ticket = desk.own_ticket(public_id)
    form = parse(DetailsForm, request.form)
    if form.errors:
        return _again(public_id, form.typed, form.errors)
    try:
        organising.change_details(
            session,
            trial,
            ticket,
            priority=form.value.priority,
            kind=form.value.type,
            tags=[*request.form.getlist("keep"), form.value.tag],
            by=current_person(),
            now=now(),
        )
    except Invalid as error:
        session.rollback()
        return _again(public_id, form.typed, error.fields)
    flash("Saved.", "good")
    return redirect(place_of(trial, ticket) + "#details", 303)


@blueprint.post("/snooze")
@signed_in
def snooze(public_id: str) -> ResponseReturnValue:
    """Put a ticket off until a moment."""
    trial, ticket = desk.own_ticket(public_id)
    form = parse(SnoozeForm, request.form)
    if form.errors:
        return _again(public_id, form.typed, form.errors)
    hours, preset = hours_of(trial), form.value.preset
    until = wakes_at(preset, hours, now()) if preset else moment_of(form.value.until, hours)
    try:
        organising.snooze(
            session, trial, ticket, until=until, preset=preset, by=current_person(), now=now()
        )
    except Invalid as error:
        session.rollback()
        return _again(public_id, form.typed, error.fields)
    flash(f"Snoozed until {moment(until)}." if until else "Snoozed.", "good")
    return redirect(place_of(trial, ticket), 303)


@blueprint.post("/snooze/end")
@signed_in
def wake(public_id: str) -> ResponseReturnValue:
    """Let a snoozed ticket be there again."""
    trial, ticket = desk.own_ticket(public_id)
    organising.wake(session, trial, ticket, by=current_person(), now=now())
    return redirect(place_of(trial, ticket), 303)


@blueprint.post("/tab")
@signed_in
def keep_open(public_id: str) -> ResponseReturnValue:
    """Keep a ticket in the bar of open ones."""
    trial, ticket = desk.own_ticket(public_id)
    arranging.keep_open(session, trial, ticket)
    return redirect(place_of(trial, ticket), 303)


@blueprint.post("/tab/end")
@signed_in
def let_go(public_id: str) -> ResponseReturnValue:
    """Take a ticket out of the bar."""
    trial, ticket = desk.own_ticket(public_id)
    arranging.let_go(session, trial, ticket)
    return redirect(place_of(trial, ticket), 303)


@blueprint.post("/skip")
@signed_in
@once
def skip(public_id: str) -> ResponseReturnValue:
    """Pass a ticket over for today and open the next one."""
    trial, ticket = desk.own_ticket(public_id)
    form = parse(SkipForm, request.form)
    if form.errors:
        return _again(public_id, form.typed, form.errors)
    view = desk.asked_view(trial)
    organising.skip(
        session,
        trial,
        ticket,
        view=view,
        reason=form.value.reason,
        by=current_person(),
        now=now(),
    )
    return redirect(url_for("arrange.start", view=view), 303)


@blueprint.get("/split/<pid:message>")
@signed_in
def confirm_split(public_id: str, message: str) -> ResponseReturnValue:
    """Show what splitting off from a message would do, or why it cannot be done."""
    _, ticket, found, case = pages.split_parts(public_id, message)
    barred = splitting.why_not_split(ticket, case, found)
    page = pages.SplitPage(ticket, found, barred=barred)
    return render_template("organise/split.html", page=page)


@blueprint.post("/split/<pid:message>")
@signed_in
@once
def split(public_id: str, message: str) -> ResponseReturnValue:
    """Split the second matter off."""
    trial, ticket, found, _ = pages.split_parts(public_id, message)
    form = parse(SplitForm, request.form)
    errors, barred, status = dict(form.errors), "", 422
    if not errors:
        try:
            off = splitting.split(
                session,
                trial,
                ticket,
                found,
                subject=form.value.subject,
                by=current_person(),
                now=now(),
            )
        except Invalid as error:
            errors = error.fields
        except Conflict as error:
            barred, status = str(error), 409
        else:
            flash(f"#{off.number} is split off from #{ticket.number}.", "good")
            return redirect(url_for("inbox.show", public_id=off.public_id), 303)
    session.rollback()
    page = pages.SplitPage(ticket, found, form.typed, errors, barred)
    return render_template("organise/split.html", page=page), status


@blueprint.get("/problem")
@signed_in
def show_problem(public_id: str) -> ResponseReturnValue:
    """Show what a ticket is part of, or what is part of it."""
    return render_template("organise/problem.html", page=pages.problem_page(public_id))


@blueprint.post("/problem")
@signed_in
def link(public_id: str) -> ResponseReturnValue:
    """Make a ticket an incident of a problem."""
    trial, ticket = desk.own_ticket(public_id)
    form = parse(LinkForm, request.form)
    if form.errors:
        return _problem(public_id, form.typed, {"number": "Please write a number such as #1004."})
    problem = by_number(session, trial, form.value.value)
    if problem is None:
        return _problem(public_id, form.typed, {"number": "There is no conversation with it."})
    try:
        problems.link(session, ticket, problem, by=current_person(), now=now())
    except Conflict as error:
        session.rollback()
        return _problem(public_id, form.typed, {"number": str(error)})
    flash(f"Part of #{problem.number} now.", "good")
    return redirect(url_for("order.show_problem", public_id=problem.public_id), 303)


@blueprint.post("/problem/end")
@signed_in
def unlink(public_id: str) -> ResponseReturnValue:
    """Let a ticket stand by itself again."""
    _, ticket = desk.own_ticket(public_id)
    problems.unlink(session, ticket, by=current_person(), now=now())
    return redirect(url_for("inbox.show", public_id=public_id), 303)


@blueprint.post("/problem/update")
@signed_in
@once
def update_all(public_id: str) -> ResponseReturnValue:
    """Send one update to the customers of all ticked incidents."""
    trial, problem = desk.own_ticket(public_id)
    form, ticked = parse(UpdateForm, request.form), request.form.getlist("ticket")
    if form.errors:
        return _problem(public_id, form.typed, form.errors, ticked)
    rows = incidents(session, trial, problem)
    try:
        update = problems.update_all(
            session,
            trial,
            [row.ticket for row in rows if row.ticket.public_id in ticked],
            body=form.value.body,
            status=Status(form.value.status),
            by=current_person(),
            now=now(),
        )
    except (Invalid, Conflict) as error:
        session.rollback()
        fields = error.fields if isinstance(error, Invalid) else {"body": str(error)}
        return _problem(public_id, form.typed, fields, ticked)
    left = f" {plural(len(update.closed), 'closed one')} left out." if update.closed else ""
    flash(f"Sent to {plural(len(update.sent), 'customer')}.{left}", "good")
    return redirect(url_for("order.show_problem", public_id=public_id), 303)


@blueprint.get("/history")
@signed_in
def show_history(public_id: str) -> ResponseReturnValue:
    """Show everything that happened to a ticket."""
    return render_template("organise/history.html", page=pages.ticket_history(public_id))


def _again(
    public_id: str, typed: Mapping[str, str], errors: Mapping[str, str]
) -> ResponseReturnValue:
    """Return the conversation with what was typed and what to do about it."""
    page = desk.ticket_page(public_id)
    if page is None:
        raise NotFound
    form = {"typed": dict(typed), "errors": dict(errors)}
    return render_template("inbox/show.html", page=page, form=form), 422


def _problem(
    public_id: str,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    ticked: list[str] | None = None,
) -> ResponseReturnValue:
    page = pages.problem_page(public_id, typed, errors, ticked)
    return render_template("organise/problem.html", page=page), 422
