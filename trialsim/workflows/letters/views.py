"""Pages of letters, check-ins, closing statements and ratings."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.models import Person
from trialsim.accounts.signing_in import current_person
from trialsim.committee import access as committee
from trialsim.db import write_session
from trialsim.kit.errors import Invalid
from trialsim.letters import actions
from trialsim.letters.rules import ClosingText
from trialsim.programmes.rules import Need, Relation, Thing
from trialsim.trials import access as trials
from trialsim.trials.models import Trial
from trialsim.web.context import now, settings
from trialsim.web.forms import Parsed, parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import engine, session
from trialsim.workflows.letters import pages
from trialsim.workflows.letters.actions import write_closing
from trialsim.workflows.letters.forms import CheckInForm, ClosingForm, HalfWayForm, RatingForm

blueprint = Blueprint("words", __name__)


@blueprint.get("/trials/<pid:pid>/half-way")
@signed_in
def half_way(pid: str) -> ResponseReturnValue:
    """Show the half-way letter; its candidate's first reading is kept."""
    person = current_person()
    trial, standing = _enter(pid, Thing.HALFWAY, Need.READ)
    page = pages.half_way_page(session, trial, person, standing, now())
    if page.is_own and page.letter is not None and page.letter.read_at is None:
        letter_id = page.letter.id or 0
        session.rollback()  # to let go of what was read before something else writes
        with write_session(engine()) as writing:
            by = writing.get_one(Person, person.id)
            actions.read_letter(writing, letter_id, by=by, now=now())
        trial, standing = _enter(pid, Thing.HALFWAY, Need.READ)
        page = pages.half_way_page(session, trial, current_person(), standing, now())
    return render_template("letters/half_way.html", page=page)


@blueprint.post("/trials/<pid:pid>/half-way")
@signed_in
@once
def write_half_way(pid: str) -> ResponseReturnValue:
    """Keep a half-way letter as a draft, or send it."""
    trial, standing = _enter(pid, Thing.HALFWAY, Need.WRITE)
    form = parse(HalfWayForm, request.form)
    if form.errors:
        return _half_way_again(trial, standing, form)
    by, text, version = current_person(), form.value.text, form.value.version
    letter = actions.save_letter(session, trial, text, by=by, now=now(), version=version)
    if form.value.do == "save":
        flash("Draft saved. Nobody else sees it.")
        return redirect(url_for("words.half_way", pid=pid), 303)
    try:
        actions.send_letter(session, trial, letter, by=by, now=now(), base_url=settings().base_url)
    except Invalid as fault:
        return _half_way_again(trial, standing, form.with_errors(fault.fields))
    flash("Sent. The candidate is told by mail, and it stands as it is.", "good")
    return redirect(url_for("words.half_way", pid=pid), 303)


@blueprint.get("/trials/<pid:pid>/closing-statement")
@signed_in
def closing(pid: str) -> ResponseReturnValue:
    """Show what a candidate tells the committee."""
    trial, standing = _enter(pid, Thing.CLOSING, Need.READ)
    page = pages.closing_page(session, trial, standing, now())
    return render_template("letters/closing.html", page=page)


@blueprint.post("/trials/<pid:pid>/closing-statement")
@signed_in
@once
def say_closing(pid: str) -> ResponseReturnValue:
    """Keep a candidate's closing statement."""
    trial, standing = _enter(pid, Thing.CLOSING, Need.WRITE)
    form = parse(ClosingForm, request.form)
    if form.errors:
        page = pages.closing_page(session, trial, standing, now())
        page = replace(page, typed=form.typed, errors=form.errors)
        return render_template("letters/closing.html", page=page), 422
    value = form.value
    text = ClosingText(value.body, value.notes)
    by = current_person()
    write_closing(session, trial, text, by=by, now=now(), version=value.version)
    flash("Kept. You can change it until the packet is sealed.", "good")
    return redirect(url_for("words.closing", pid=pid), 303)


@blueprint.get("/trials/<pid:pid>/check-ins")
@signed_in
def check_ins(pid: str) -> ResponseReturnValue:
    """Show the check-ins of a trial."""
    trial, standing = _enter(pid, Thing.CHECKIN, Need.READ)
    page = pages.check_in_page(session, trial, standing, now())
    return render_template("letters/check_ins.html", page=page)


@blueprint.post("/trials/<pid:pid>/check-ins")
@signed_in
@once
def hold_check_in(pid: str) -> ResponseReturnValue:
    """Keep that this week's check-in was held."""
    trial, standing = _enter(pid, Thing.CHECKIN, Need.WRITE)
    form = parse(CheckInForm, request.form)
    if form.errors:
        page = pages.check_in_page(session, trial, standing, now())
        page = replace(page, typed=form.typed, errors=form.errors)
        return render_template("letters/check_ins.html", page=page), 422
    by = current_person()
    actions.hold_check_in(session, trial, agreed=form.value.agreed, by=by, now=now())
    flash("Kept. The candidate reads what you agreed.", "good")
    return redirect(url_for("words.check_ins", pid=pid), 303)


@blueprint.get("/trials/<pid:pid>/rating")
@signed_in
def rating(pid: str) -> ResponseReturnValue:
    """Show what a candidate said of their trial."""
    trial, _ = _enter(pid, Thing.RATING, Need.READ)
    return render_template("letters/rating.html", page=pages.rating_page(session, trial, now()))


@blueprint.post("/trials/<pid:pid>/rating")
@signed_in
@once
def rate(pid: str) -> ResponseReturnValue:
    """Keep what a candidate says of a week, or of the whole trial."""
    trial, _ = _enter(pid, Thing.RATING, Need.WRITE)
    form = parse(RatingForm, request.form)
    if form.errors:
        page = pages.rating_page(session, trial, now())
        page = replace(page, typed=form.typed, errors=form.errors)
        return render_template("letters/rating.html", page=page), 422
    actions.rate_trial(session, trial, form.value.said, by=current_person(), now=now())
    flash("Thank you. It is read without your name.", "good")
    return redirect(url_for("words.rating", pid=pid), 303)


@blueprint.get("/packets/<pid:pid>/words")
@signed_in
def beside_packet(pid: str) -> ResponseReturnValue:
    """Show a committee the half-way letter and what the candidate says, without names."""
    door = committee.packet(session, current_person(), pid, Thing.PACKET, Need.READ)
    return render_template("letters/words.html", page=pages.words_page(session, door))


def _enter(pid: str, thing: Thing, need: Need) -> tuple[Trial, Relation]:
    return trials.trial(session, current_person(), pid, thing, need)


def _half_way_again(
    trial: Trial, standing: Relation, form: Parsed[HalfWayForm]
) -> ResponseReturnValue:
    """Show the form again with what was typed; nothing of a refused one is kept."""
    session.rollback()
    page = pages.half_way_page(session, trial, current_person(), standing, now())
    read = form.typed.get("version", "")
    version = int(read) if read.isascii() and read.isdigit() else page.version
    page = replace(page, typed=form.typed, errors=form.errors, version=version)
    return render_template("letters/half_way.html", page=page), 422
