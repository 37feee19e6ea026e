"""A manager's pages of packs."""

import time

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.kit.errors import Invalid, NotFound
from trialsim.programmes import access
from trialsim.scenarios.actions import import_pack
from trialsim.scenarios.archives import files_of
from trialsim.scenarios.models import PackVersion
from trialsim.scenarios.queries import parsed, same_number
from trialsim.simulation.checking import check_pack
from trialsim.simulation.library import parse_pack
from trialsim.simulation.types import Fault, PackInvalid
from trialsim.web.context import now
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session
from trialsim.workflows.packs.overrules import overrules_report
from trialsim.workflows.packs.pages import faults_first, form_page, pack_page, pack_rows
from trialsim.workflows.rehearsal import rehearse

blueprint = Blueprint("packs", __name__)
_HIGHEST_SEED = 999_999


@blueprint.get("/packs")
@signed_in
def index() -> ResponseReturnValue:
    """List the packs and take a new one."""
    access.manager(current_person())
    return _index()


@blueprint.post("/packs")
@signed_in
@once
def upload() -> ResponseReturnValue:
    """Check a zipped pack and keep it, whole or not at all."""
    person = current_person()
    access.manager(person)
    sent = request.files.get("archive")
    if sent is None or not sent.filename:
        return _index(refusal="Please choose a .zip file."), 422
    try:
        files = files_of(sent.read())
    except Invalid as error:
        return _index(refusal=str(error)), 422
    faults = _faults(files)
    if any(not fault.warning for fault in faults):
        return _index(faults=faults, name=sent.filename), 422
    row = import_pack(session, files, now(), by=person.id)
    warnings = f" The check has {len(faults)} warnings." if faults else ""
    flash(f"{row.name}, version {row.number}, is here for new programmes.{warnings}", "good")
    return redirect(url_for("packs.show", key=row.hash), 303)


@blueprint.get("/packs/<slug:key>")
@signed_in
def show(key: str) -> ResponseReturnValue:
    """Show what one version holds."""
    access.manager(current_person())
    return render_template("packs/show.html", page=pack_page(_version(key)))


@blueprint.get("/packs/<slug:key>/scenarios/<slug:scenario>")
@signed_in
def preview(key: str, scenario: str) -> ResponseReturnValue:
    """Show one form of a scenario as a candidate would meet it."""
    access.manager(current_person())
    row = _version(key)
    company = parsed(row.hash, row.files)
    found = company.scenarios.get(scenario)
    if found is None:
        raise NotFound
    seed = request.args.get("seed", 1, type=int)
    seed = min(max(seed, 0), _HIGHEST_SEED)
    language = request.args.get("language", "")
    if language not in found.languages:
        language = found.languages[0]
    talk = rehearse(company, scenario, seed, language)
    return render_template("packs/preview.html", page=form_page(row, found, talk, seed))


@blueprint.get("/packs/<slug:key>/overrules")
@signed_in
def overrules(key: str) -> ResponseReturnValue:
    """Show what people overruled in one version, the worst first."""
    access.manager(current_person())
    page = overrules_report(session, _version(key))
    return render_template("packs/overrules.html", page=page)


def _version(key: str) -> PackVersion:
    row = session.get(PackVersion, key)
    if row is None:
        raise NotFound
    return row


def _index(*, refusal: str = "", faults: tuple[Fault, ...] = (), name: str = "") -> str:
    return render_template(
        "packs/index.html",
        rows=pack_rows(session),
        refusal=refusal,
        faults=faults_first(faults),
        name=name,
    )


def _faults(files: dict[str, str]) -> tuple[Fault, ...]:
    try:
        company = parse_pack(files)
    except PackInvalid as error:
        return error.faults
    if same_number(session, company.id, company.version, files):
        words = f"raise it: version {company.version} is here already, with other content"
        return (Fault("pack.toml", "version", words),)
    return check_pack(company, time.thread_time)
