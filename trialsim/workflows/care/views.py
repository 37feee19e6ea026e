"""The candidate's own page of care, and leaving. No reason is asked anywhere."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel

from trialsim.accounts.signing_in import current_person
from trialsim.inbox.actions.clocks import reckon_again
from trialsim.insights.actions import call_for_refresh
from trialsim.kit.errors import Invalid
from trialsim.kit.text import clean
from trialsim.programmes.rules import Need, Thing
from trialsim.trials import access
from trialsim.trials.care import actions
from trialsim.trials.care.rules import Pause
from trialsim.trials.models import Trial
from trialsim.web.context import now, settings
from trialsim.web.forms import Parsed, parse, parse_values
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session
from trialsim.workflows.care.asking import ask
from trialsim.workflows.care.forms import (
    AskForm,
    DropForm,
    EndPauseForm,
    HoursForm,
    LeaveForm,
    PauseForm,
)
from trialsim.workflows.care.leaving import leave
from trialsim.workflows.care.pages import care_page

Sent = TypeVar("Sent", bound=BaseModel)

blueprint = Blueprint("care", __name__, url_prefix="/trials/<pid:pid>")


@blueprint.get("/care")
@signed_in
def show(pid: str) -> ResponseReturnValue:
    """Show hours, pauses, the day to drop, and what was asked for, to the candidate alone."""
    return render_template("care/show.html", page=care_page(session, _own(pid), now()))


@blueprint.post("/pauses")
@signed_in
@once
def pause(pid: str) -> ResponseReturnValue:
    """Take a pause."""
    trial, form = _own(pid), parse(PauseForm, request.form)

    def take(sent: PauseForm) -> None:
        days = Pause(sent.first, sent.last)
        person, at = current_person(), now()
        actions.take_pause(session, trial, days, by=person, now=at, version=sent.version)
        reckon_again(session, trial, at)

    return _done(trial, form, take, "Your pause is noted. Nothing will wait for you meanwhile.")


@blueprint.post("/pauses/end")
@signed_in
@once
def end_pause(pid: str) -> ResponseReturnValue:
    """End a pause early, or take back one to come."""
    trial, form = _own(pid), parse(EndPauseForm, request.form)

    def end(sent: EndPauseForm) -> None:
        person, at = current_person(), now()
        actions.end_pause(session, trial, sent.first, by=person, now=at, version=sent.version)
        reckon_again(session, trial, at)

    return _done(trial, form, end, "Welcome back. The pause has ended.")


@blueprint.post("/announced-hours")
@signed_in
@once
def announce(pid: str) -> ResponseReturnValue:
    """Announce other days and hours."""
    trial = _own(pid)
    typed = {name: clean(value) for name, value in request.form.items(multi=False)}
    values = {**typed, "weekdays": request.form.getlist("weekdays")[:7]}
    form = parse_values(HoursForm, values, typed)

    def change(sent: HoursForm) -> None:
        at = now()
        actions.announce_hours(
            session,
            trial,
            weekdays=sent.weekdays,
            day_starts=sent.day_starts,
            day_ends=sent.day_ends,
            by=current_person(),
            now=at,
            version=sent.version,
        )
        reckon_again(session, trial, at)

    return _done(trial, form, change, "Your days and hours are changed. They hold from tomorrow.")


@blueprint.post("/dropped-day")
@signed_in
@once
def drop(pid: str) -> ResponseReturnValue:
    """Drop one day."""
    trial, form = _own(pid), parse(DropForm, request.form)

    def let_go(sent: DropForm) -> None:
        person, at = current_person(), now()
        actions.drop_day(session, trial, sent.day, by=person, now=at, version=sent.version)
        reckon_again(session, trial, at)
        call_for_refresh(session, trial.cohort_id)

    return _done(trial, form, let_go, "That day counts in no figure any more. Its hours stay paid.")


@blueprint.post("/accommodations")
@signed_in
@once
def ask_for(pid: str) -> ResponseReturnValue:
    """Ask the programme's manager to have something different."""
    trial, form = _own(pid), parse(AskForm, request.form)

    def send(sent: AskForm) -> None:
        base_url = settings().base_url
        ask(session, trial, sent.words, by=current_person(), now=now(), base_url=base_url)

    return _done(trial, form, send, "Sent to the programme’s manager. Nobody else can read it.")


@blueprint.get("/leaving")
@signed_in
def leaving(pid: str) -> ResponseReturnValue:
    """Show what leaving means, and ask whether that is meant."""
    trial, _ = access.trial(session, current_person(), pid, Thing.TRIAL, Need.WRITE)
    return render_template("care/leave.html", trial=trial)


@blueprint.post("/leaving")
@signed_in
@once
def leave_trial(pid: str) -> ResponseReturnValue:
    """Leave the trial."""
    person = current_person()
    trial, _ = access.trial(session, person, pid, Thing.TRIAL, Need.WRITE)
    sent, base_url = parse(LeaveForm, request.form).value, settings().base_url
    leave(session, trial, by=person, now=now(), version=sent.version, base_url=base_url)
    flash("You have left the trial. All your hours stay paid. Thank you for your time.")
    return redirect(url_for("pay.hours", pid=pid), 303)


def _own(pid: str) -> Trial:
    trial, _ = access.trial(session, current_person(), pid, Thing.ACCOMMODATION, Need.WRITE)
    return trial


def _done(
    trial: Trial, form: Parsed[Sent], act: Callable[[Sent], None], words: str
) -> ResponseReturnValue:
    """Carry out what a form asks and go back to the page, or show it with what is wrong."""
    errors: Mapping[str, str] = form.errors
    if not errors:
        try:
            act(form.value)
        except Invalid as error:
            errors = error.fields
    if not errors:
        flash(words, "good")
        return redirect(url_for("care.show", pid=trial.public_id), 303)
    page = care_page(session, trial, now())
    days = tuple(request.form.getlist("weekdays")) or page.days
    page = replace(page, typed=form.typed, errors=errors, days=days)
    return render_template("care/show.html", page=page), 422
