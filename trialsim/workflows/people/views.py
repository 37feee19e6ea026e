"""A manager's page of a cohort's people: invite, end a role, start."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import select

from trialsim.accounts.models import Person
from trialsim.accounts.signing_in import current_person
from trialsim.kit.errors import Conflict, Invalid, NotFound
from trialsim.programmes import access
from trialsim.programmes.forms import MemberForm
from trialsim.programmes.models import Cohort, Membership
from trialsim.programmes.rules import Need
from trialsim.trials.current import current_standings
from trialsim.web.context import now, settings
from trialsim.web.filters import plural
from trialsim.web.forms import Parsed, parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session
from trialsim.workflows.enrol import start_cohort
from trialsim.workflows.inviting import ROLE_WORDS, end_role, invite, tell_candidates
from trialsim.workflows.people.debts import DebtsPage, debts_page
from trialsim.workflows.people.pages import people_page

blueprint = Blueprint("people", __name__, url_prefix="/cohorts/<pid:pid>")


@blueprint.get("/people")
@signed_in
def show(pid: str) -> ResponseReturnValue:
    """Show who takes part, and what is missing before the start."""
    cohort = _cohort(pid, Need.READ)
    page = people_page(session, cohort, sends_mail=_sends_mail())
    return render_template("people/show.html", page=page, debts=_debts(cohort))


@blueprint.post("/members")
@signed_in
@once
def add(pid: str) -> ResponseReturnValue:
    """Invite one person by email."""
    cohort = _cohort(pid, Need.MANAGE)
    form = parse(MemberForm, request.form)
    if not form.errors:
        form = _invited(cohort, form)
    if form.errors:
        page = people_page(session, cohort, sends_mail=_sends_mail())
        page = replace(page, typed=form.typed, errors=form.errors)
        return render_template("people/show.html", page=page, debts=_debts(cohort)), 422
    person, role = form.value.name or form.value.email, ROLE_WORDS[form.value.role]
    flash(f"{person} is invited as {role}.", "good")
    return redirect(url_for("people.show", pid=pid), 303)


@blueprint.post("/members/<pid:member>/end")
@signed_in
def end(pid: str, member: str) -> ResponseReturnValue:
    """End somebody's role here, effective at once."""
    cohort = _cohort(pid, Need.MANAGE)
    found = session.exec(
        select(Membership, Person).where(
            Membership.cohort_id == cohort.id,
            Membership.person_id == Person.id,
            Person.public_id == member,
        )
    ).first()
    if found is None:
        raise NotFound
    membership, person = found
    end_role(session, cohort, membership, by=current_person(), now=now())
    flash(f"{person.name} is no longer {ROLE_WORDS[membership.role]} here.", "good")
    return redirect(url_for("people.show", pid=pid), 303)


@blueprint.post("/start")
@signed_in
def start(pid: str) -> ResponseReturnValue:
    """Start the cohort: every candidate gets a trial with a planned month."""
    cohort = _cohort(pid, Need.MANAGE)
    try:
        trials = start_cohort(
            session, cohort, by=current_person(), now=now(), reader=settings().reader
        )
        tell_candidates(session, cohort, now=now(), base_url=settings().base_url)
    except Invalid as error:
        page = people_page(session, cohort, sends_mail=_sends_mail())
        page = replace(page, refused=str(error))
        return render_template("people/show.html", page=page, debts=None), 422
    flash(
        f"The cohort has started: {plural(len(trials), 'trial')}, each with a month of equal work.",
        "good",
    )
    return redirect(url_for("people.show", pid=pid), 303)


def _cohort(pid: str, need: Need) -> Cohort:
    person = current_person()
    access.manager(person)
    return access.cohort(session, person, pid, need)


def _debts(cohort: Cohort) -> DebtsPage | None:
    """Return what is owed here, for a manager who holds no role in the cohort.

    By name it would tell a mentor who is behind a code; ratings are for no mentor at all.
    """
    if any(one.cohort.id == cohort.id for one in current_standings()):
        return None
    return debts_page(session, cohort, now())


def _invited(cohort: Cohort, form: Parsed[MemberForm]) -> Parsed[MemberForm]:
    """Invite whom a form names; what cannot be is said beside the field."""
    value = form.value
    try:
        invite(
            session,
            cohort,
            email=value.email,
            name=value.name,
            role=value.role,
            by=current_person(),
            now=now(),
            base_url=settings().base_url,
        )
    except Invalid as error:
        return form.with_errors(error.fields or {"email": str(error)})
    except Conflict as error:
        return form.with_errors({"role": str(error)})
    return form


def _sends_mail() -> bool:
    return bool(settings().smtp_url)
