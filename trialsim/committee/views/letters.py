"""A mentor's statement and a candidate's letter: the first and the last page of a decision."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.models import Person
from trialsim.accounts.signing_in import current_person
from trialsim.committee import access
from trialsim.committee.actions import letters as letter_actions
from trialsim.committee.actions.statements import write_statement
from trialsim.committee.forms import StatementForm
from trialsim.committee.models import DecisionLetter
from trialsim.committee.pages.letters import letter_lines, letter_page, statement_page
from trialsim.committee.views.packets import blueprint
from trialsim.db import write_session
from trialsim.kit.errors import Invalid, NotFound
from trialsim.programmes.rules import Need, Relation, Thing
from trialsim.trials import access as trials
from trialsim.trials.current import own_trials
from trialsim.web.context import now
from trialsim.web.forms import parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import engine, session


@blueprint.get("/trials/<pid:pid>/statement")
@signed_in
def statement(pid: str) -> ResponseReturnValue:
    """Show the form for a statement; after it, what everybody wrote."""
    person = current_person()
    trial, standing = trials.trial(session, person, pid, Thing.STATEMENT, Need.READ)
    page = statement_page(session, trial, person, standing=standing)
    return render_template("committee/statement.html", page=page)


@blueprint.post("/trials/<pid:pid>/statement")
@signed_in
@once
def write(pid: str) -> ResponseReturnValue:
    """Keep a mentor's statement."""
    person = current_person()
    trial, standing = trials.trial(session, person, pid, Thing.STATEMENT, Need.WRITE)
    form = parse(StatementForm, request.form)
    if not form.errors:
        try:
            value = form.value
            write_statement(session, trial, value.recommendation, value.body, by=person, now=now())
        except Invalid as error:
            form = form.with_errors(error.fields)
    if form.errors:
        page = statement_page(session, trial, person, standing=standing)
        page = replace(page, typed=form.typed, errors=form.errors)
        return render_template("committee/statement.html", page=page), 422
    flash("Your statement is kept. Now you can read the others’.", "good")
    return redirect(url_for("committee.statement", pid=pid), 303)


@blueprint.get("/letters")
@signed_in
def letters() -> ResponseReturnValue:
    """List the letters about somebody's own trials."""
    held = own_trials()
    if not held:
        raise NotFound
    return render_template("committee/letters.html", lines=letter_lines(session, held))


@blueprint.get("/letters/<pid:pid>")
@signed_in
def letter(pid: str) -> ResponseReturnValue:
    """Show a letter; its candidate's first reading is kept."""
    person = current_person()
    row, _, _, standing = access.letter(session, person, pid)
    if standing is Relation.OWN and row.read_at is None:
        person_id, letter_id = person.id, row.id
        session.rollback()
        with write_session(engine()) as writing:
            letter_actions.read_letter(
                writing,
                writing.get_one(DecisionLetter, letter_id),
                by=writing.get_one(Person, person_id),
                now=now(),
            )
    page = letter_page(session, *access.letter(session, current_person(), pid))
    return render_template("committee/letter.html", page=page)
