"""A manager's pages: programmes, their rules and cohorts, and the outbox."""

from dataclasses import replace
from pathlib import Path

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.kit.languages import language_name
from trialsim.kit.text import clean
from trialsim.paths import data_folder
from trialsim.programmes import access, actions, pages
from trialsim.programmes.forms import (
    LANGUAGE,
    CohortForm,
    ProgrammeForm,
    RulesForm,
    parse_programme,
)
from trialsim.programmes.rules import Need
from trialsim.scenarios.queries import pack
from trialsim.web.context import now, settings
from trialsim.web.filters import local
from trialsim.web.forms import parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session

blueprint = Blueprint("programmes", __name__)
outbox_blueprint = Blueprint("outbox", __name__)


@blueprint.get("/programmes")
@signed_in
def index() -> ResponseReturnValue:
    """List all programmes."""
    access.manager(current_person())
    return render_template("programmes/index.html", rows=pages.index_rows(session))


@blueprint.get("/programmes/new")
@signed_in
def new() -> ResponseReturnValue:
    """Show the form for a programme, filled from a template or from another programme."""
    person = current_person()
    access.manager(person)
    copied = None
    if wanted := clean(request.args.get("copy", "")):
        copied = access.programme(session, person, wanted, Need.READ)
    page = pages.new_page(session, _templates(), request.args.get("template", ""), copied)
    return render_template("programmes/new.html", page=page)


@blueprint.post("/programmes/new")
@signed_in
@once
def create() -> ResponseReturnValue:
    """Create a programme from the filled-in form."""
    person = current_person()
    access.manager(person)
    form = parse_programme(ProgrammeForm, request.form)
    if form.typed.get("template") not in actions.read_templates(_templates()):
        form = form.with_errors({"template": "Please choose a template."})
    if not form.errors and (missing := _missing_languages(form.value)):
        form = form.with_errors(missing)
    if form.errors:
        page = pages.sent_page(session, _templates(), form.typed, form.errors, None)
        return render_template("programmes/new.html", page=page), 422
    value = form.value
    programme = actions.create_programme(
        session,
        name=value.name,
        template=value.template,
        rules=value.rules,
        pack=pack(session, value.pack),
        pack_hash=value.pack,
        by=person,
        now=now(),
    )
    flash("The programme is ready. Add a cohort to invite people.", "good")
    return redirect(url_for("programmes.show", pid=programme.public_id), 303)


def _missing_languages(value: ProgrammeForm) -> dict[str, str]:
    """Return an error beside each language that the chosen pack has no customers for."""
    known = pack(session, value.pack)
    return {
        f"{LANGUAGE}{code}": f"{known.name} has no customers who write {language_name(code)}."
        for code in value.rules.second_languages
        if code not in known.languages[1:]
    }


@blueprint.post("/programmes/preview")
@signed_in
def preview() -> ResponseReturnValue:
    """Show what the form as it stands would ask of everybody; stores nothing."""
    access.manager(current_person())
    form = parse_programme(RulesForm, request.form)
    rules = form.found.rules if form.found else None
    if "HX-Request" in request.headers:
        beside = pages.preview_page(rules) if rules else None
        return render_template("programmes/_preview.html", beside=beside)
    page = pages.sent_page(session, _templates(), form.typed, form.errors, rules)
    return render_template("programmes/new.html", page=page)


@blueprint.get("/programmes/<pid:pid>")
@signed_in
def show(pid: str) -> ResponseReturnValue:
    """Show a programme's rules, scorecard and cohorts."""
    programme = access.programme(session, current_person(), pid, Need.READ)
    page = pages.show_page(session, programme, local(now()).date())
    return render_template("programmes/show.html", page=page)


@blueprint.post("/programmes/<pid:pid>/cohorts")
@signed_in
@once
def add_cohort(pid: str) -> ResponseReturnValue:
    """Add a group of people who will start together."""
    person = current_person()
    programme = access.programme(session, person, pid, Need.MANAGE)
    form = parse(CohortForm, request.form)
    today = local(now()).date()
    if not form.errors and form.value.starts_on < today:
        form = form.with_errors({"starts_on": "Please choose today or a later day."})
    if form.errors:
        page = pages.show_page(session, programme, today)
        page = replace(page, typed=form.typed, errors=form.errors)
        return render_template("programmes/show.html", page=page), 422
    cohort = actions.add_cohort(
        session,
        programme,
        name=form.value.cohort_name,
        starts_on=form.value.starts_on,
        by=person,
        now=now(),
    )
    return redirect(url_for("people.show", pid=cohort.public_id), 303)


@outbox_blueprint.get("/outbox")
@signed_in
def show_outbox() -> ResponseReturnValue:
    """Show the newest mail with its text: without a mail server, links are read here."""
    access.manager(current_person())
    sends_mail = bool(settings().smtp_url)
    rows = pages.letters(session, sends_mail=sends_mail)
    return render_template("programmes/outbox.html", rows=rows, sends_mail=sends_mail)


def _templates() -> Path:
    return data_folder("seed_data") / "programmes"
