"""Hours and pay: the candidate's own, totals for mentors, all of it for managers."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.kit.errors import Conflict, Invalid
from trialsim.pay import actions, sheets
from trialsim.pay.pages import pay_page, statement
from trialsim.pay.queries import hours_page, lines_of
from trialsim.programmes import access as cohorts
from trialsim.programmes.rules import Need, Thing
from trialsim.trials import access, corrections
from trialsim.trials.current import own_trial
from trialsim.trials.forms import BlockForm
from trialsim.trials.models import TimeEntry, Trial
from trialsim.trials.queries import cohort_trials
from trialsim.web.context import now
from trialsim.web.forms import Parsed, parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session

blueprint = Blueprint("pay", __name__)


@blueprint.get("/hours")
@signed_in
def own_hours() -> ResponseReturnValue:
    """Lead a candidate to the hours of their newest trial."""
    return redirect(url_for("pay.hours", pid=own_trial().public_id), 303)


@blueprint.get("/trials/<pid:pid>/hours")
@signed_in
def hours(pid: str) -> ResponseReturnValue:
    """Show a trial's hours by week."""
    trial, standing = access.trial(session, current_person(), pid, Thing.HOURS, Need.READ)
    return render_template("pay/hours.html", page=hours_page(session, trial, standing, now()))


@blueprint.get("/trials/<pid:pid>/hours/new")
@signed_in
def new_block(pid: str) -> ResponseReturnValue:
    """Show the form for a block that was forgotten."""
    trial = _own(pid)
    typed = {"day": f"{_there(trial, now()):%Y-%m-%d}", "kind": "tickets"}
    return _block_form(trial, None, typed, {})


@blueprint.post("/trials/<pid:pid>/hours/new")
@signed_in
@once
def add_block(pid: str) -> ResponseReturnValue:
    """Log a block that was forgotten."""
    trial, form = _own(pid), parse(BlockForm, request.form)
    return _corrected(trial, None, form)


@blueprint.get("/trials/<pid:pid>/hours/<pid:block>")
@signed_in
def block(pid: str, block: str) -> ResponseReturnValue:
    """Show the form that corrects one block, or takes it out."""
    trial = _own(pid)
    entry = corrections.own_block(session, trial, block)
    began, ended = _there(trial, entry.started_at), entry.ended_at
    typed = {
        "day": f"{began:%Y-%m-%d}",
        "starts": f"{began:%H:%M}",
        "ends": f"{_there(trial, ended):%H:%M}" if ended else "",
        "kind": str(entry.kind),
    }
    return _block_form(trial, entry, typed, {})


@blueprint.post("/trials/<pid:pid>/hours/<pid:block>")
@signed_in
@once
def correct_block(pid: str, block: str) -> ResponseReturnValue:
    """Correct one block, or take it out."""
    trial = _own(pid)
    entry = corrections.own_block(session, trial, block)
    return _corrected(trial, entry, parse(BlockForm, request.form))


@blueprint.post("/trials/<pid:pid>/hours/weeks/<int:number>")
@signed_in
def confirm(pid: str, number: int) -> ResponseReturnValue:
    """Confirm that a week's hours are right."""
    actions.confirm_week(session, _own(pid), number, by=current_person(), now=now())
    flash(f"Thank you. Week {number} is confirmed.", "good")
    return redirect(url_for("pay.hours", pid=pid), 303)


@blueprint.get("/trials/<pid:pid>/pay")
@signed_in
def show_statement(pid: str) -> ResponseReturnValue:
    """Show what was approved, line by line."""
    trial, _ = access.trial(session, current_person(), pid, Thing.PAY, Need.READ)
    return render_template("pay/statement.html", page=statement(session, trial))


@blueprint.get("/cohorts/<pid:pid>/pay")
@signed_in
def cohort(pid: str) -> ResponseReturnValue:
    """Show a cohort's weeks that wait for approval."""
    found = cohorts.cohort(session, current_person(), pid, Need.READ, Thing.PAY)
    page = pay_page(session, found, now())
    return render_template("pay/cohort.html", page=page, columns=sheets.COLUMNS, usual=sheets.USUAL)


@blueprint.post("/cohorts/<pid:pid>/pay")
@signed_in
@once
def approve(pid: str) -> ResponseReturnValue:
    """Approve one week of somebody, or every week that may be."""
    person = current_person()
    found = cohorts.cohort(session, person, pid, Need.MANAGE, Thing.PAY)
    wanted, week = request.form.get("trial", ""), request.form.get("week", "")
    page = pay_page(session, found, now())
    chosen = [
        one
        for one in page.due
        if one.may_approve and wanted in ("", one.trial.public_id) and week in ("", str(one.number))
    ]
    if not chosen:
        raise Conflict("Nothing here waits for approval any more.")
    for one in chosen:
        actions.approve_week(session, one.trial, one.number, by=person, now=now())
    flash(f"{len(chosen)} approved.", "good")
    return redirect(url_for("pay.cohort", pid=pid), 303)


@blueprint.get("/cohorts/<pid:pid>/pay.csv")
@signed_in
def download(pid: str) -> ResponseReturnValue:
    """Hand out the approved lines as CSV in the chosen columns."""
    found = cohorts.cohort(session, current_person(), pid, Need.READ, Thing.PAY)
    lines = [
        (trial, person, line)
        for trial, person in cohort_trials(session, found.id or 0)
        for line in lines_of(session, trial)
    ]
    text = sheets.sheet(lines, request.args.getlist("column"))
    answer = Response(text, mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="pay-{found.public_id}.csv"'
    return answer


def _there(trial: Trial, instant: datetime) -> datetime:
    """Return an instant by the clock of the trial's own zone."""
    return instant.astimezone(ZoneInfo(trial.zone))


def _own(pid: str) -> Trial:
    trial, _ = access.trial(session, current_person(), pid, Thing.HOURS, Need.WRITE)
    return trial


def _corrected(
    trial: Trial, entry: TimeEntry | None, form: Parsed[BlockForm]
) -> ResponseReturnValue:
    """Carry out what the form asks for and go back to the hours, or show it with its errors."""
    if entry is not None and request.form.get("do") == "remove":
        return _removed(trial, entry, form)
    errors = form.errors
    if not errors:
        try:
            _write(trial, entry, form.value)
        except Invalid as error:
            errors = error.fields
    if errors:
        return _block_form(trial, entry, form.typed, errors), 422
    flash("Your hours are corrected. The old time stays on record beside your reason.", "good")
    return redirect(url_for("pay.hours", pid=trial.public_id), 303)


def _write(trial: Trial, entry: TimeEntry | None, sent: BlockForm) -> None:
    person = current_person()
    meant = corrections.typed_block(sent.day, sent.starts, sent.ends, trial.zone)
    if entry is None:
        corrections.add_block(
            session,
            trial,
            kind=sent.kind,
            block=meant,
            reason=sent.reason,
            by=person,
            now=now(),
        )
    else:
        corrections.change_block(
            session,
            trial,
            entry,
            kind=sent.kind,
            block=meant,
            reason=sent.reason,
            version=sent.version,
            by=person,
            now=now(),
        )


def _removed(trial: Trial, entry: TimeEntry, form: Parsed[BlockForm]) -> ResponseReturnValue:
    if "reason" in form.errors:
        errors = {"reason": form.errors["reason"]}
        return _block_form(trial, entry, form.typed, errors), 422
    typed = form.typed
    version = typed.get("version", "")
    corrections.remove_block(
        session,
        trial,
        entry,
        reason=typed["reason"],
        version=int(version) if version.isdecimal() else 0,
        by=current_person(),
        now=now(),
    )
    flash("The block is taken out. It stays on record beside your reason.", "good")
    return redirect(url_for("pay.hours", pid=trial.public_id), 303)


def _block_form(
    trial: Trial, entry: TimeEntry | None, typed: Mapping[str, str], errors: Mapping[str, str]
) -> str:
    return render_template(
        "pay/block.html", trial=trial, entry=entry, typed=dict(typed), errors=dict(errors)
    )
