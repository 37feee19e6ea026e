"""A manager ends a month and has its packets sealed."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.programmes import access
from trialsim.programmes.models import Cohort
from trialsim.programmes.rules import Need, Thing
from trialsim.web.context import now, settings
from trialsim.web.filters import plural
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session
from trialsim.workflows.close import close_month, seal_packets
from trialsim.workflows.closing.pages import closing_page

blueprint = Blueprint("closing", __name__, url_prefix="/cohorts/<pid:pid>")


@blueprint.get("/closing")
@signed_in
def show(pid: str) -> ResponseReturnValue:
    """Show what a month's end still lacks, and what was decided."""
    page = closing_page(session, _cohort(pid, Thing.COHORT), now())
    return render_template("closing/show.html", page=page)


@blueprint.post("/closing")
@signed_in
@once
def end(pid: str) -> ResponseReturnValue:
    """End the month for everybody."""
    cohort = _cohort(pid, Thing.COHORT)
    base_url = settings().base_url
    close_month(session, cohort, by=current_person(), now=now(), base_url=base_url)
    flash("The month is over. Mentors are asked for their statements.", "good")
    return redirect(url_for("closing.show", pid=pid), 303)


@blueprint.post("/packets")
@signed_in
@once
def seal(pid: str) -> ResponseReturnValue:
    """Seal a packet for every trial that can be judged."""
    cohort = _cohort(pid, Thing.PACKET)
    base_url = settings().base_url
    sealed = seal_packets(session, cohort, by=current_person(), now=now(), base_url=base_url)
    if sealed.packets:
        flash(f"{plural(len(sealed.packets), 'packet')} sealed. The committee is told.", "good")
    for _, reason in sealed.left:
        flash(reason, "warn")
    return redirect(url_for("closing.show", pid=pid), 303)


def _cohort(pid: str, thing: Thing) -> Cohort:
    person = current_person()
    access.manager(person)
    return access.cohort(session, person, pid, Need.MANAGE, thing)
