"""Pages of measures: a cohort today, one candidate's progress, and how each figure is counted."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.insights import words
from trialsim.insights.actions import refresh_apart
from trialsim.insights.models import Snapshot
from trialsim.insights.pictures import kept
from trialsim.insights.queries import latest
from trialsim.insights.queries.cohort_figures import cohort_figures
from trialsim.insights.queries.cohort_page import cohort_page
from trialsim.insights.queries.progress_page import progress_page
from trialsim.insights.rules.attention import Entry, Place
from trialsim.kit.errors import NotFound, Unavailable
from trialsim.measurement.catalogue import MEASURES
from trialsim.measurement.types import VERSION
from trialsim.programmes import access as programmes
from trialsim.programmes.models import Cohort
from trialsim.programmes.rules import Need, Role, Thing, may
from trialsim.trials import access as trials
from trialsim.trials.current import current_standings
from trialsim.web.context import now, zone
from trialsim.web.filters import clock_time
from trialsim.web.guards import signed_in
from trialsim.web.session import engine, session

blueprint = Blueprint("insights", __name__)

_MOST_PAGES = 1000


@blueprint.get("/cohorts/today")
@signed_in
def today() -> ResponseReturnValue:
    """Lead a mentor to their newest cohort; say so where there is none."""
    held = current_standings()
    mentored = [one.cohort for one in held if one.membership.role is Role.MENTOR]
    if mentored:
        return redirect(url_for("insights.cohort", pid=mentored[0].public_id), 303)
    if held and not current_person().is_manager:
        raise NotFound
    return render_template("insights/none.html")


@blueprint.get("/cohorts/<pid:pid>")
@signed_in
def cohort(pid: str) -> ResponseReturnValue:
    """Show a cohort: what needs somebody today, and how everybody is getting on."""
    person = current_person()
    row = programmes.cohort(session, person, pid, Need.READ, Thing.PROGRESS)
    frozen = _snapshot(row)
    page = cohort_page(session, row, frozen, reader_id=person.id or 0, number=_number(), now=now())
    key = (frozen.id, frozen.input_hash, tuple((one.trial_id, one.name) for one in page.shown))
    pictures = kept(key, lambda: cohort_figures(session, frozen, page.shown))
    is_mentor = any(
        one.membership.role is Role.MENTOR and one.cohort.id == row.id
        for one in current_standings()
    )
    return render_template(
        "insights/cohort.html",
        page=page,
        pictures=pictures,
        is_mentor=is_mentor,
        link=_link,
        where=_where,
    )


@blueprint.get("/trials/<pid:pid>/progress")
@signed_in
def progress(pid: str) -> ResponseReturnValue:
    """Show one candidate's progress to those who guide them."""
    person = current_person()
    trial, standing = trials.trial(session, person, pid, Thing.PROGRESS, Need.READ)
    row = session.get_one(Cohort, trial.cohort_id)
    page = progress_page(session, trial, row, _snapshot(row), reader_id=person.id or 0, now=now())
    if page is None:
        raise Unavailable("These figures are worked out within the hour. Please look again then.")
    may_state = may(standing, Thing.STATEMENT, Need.WRITE)
    return render_template("insights/progress.html", page=page, where=_where, may_state=may_state)


@blueprint.get("/measures")
@signed_in
def measures() -> ResponseReturnValue:
    """Say how each figure is counted, what it needs and what it is not for."""
    return render_template("insights/measures.html", cards=MEASURES, version=VERSION)


def _snapshot(row: Cohort) -> Snapshot:
    """Return the newest frozen measures; the first visitor has them worked out."""
    found = latest(session, row.id or 0)
    if found is not None:
        return found
    refresh_apart(engine(), row, now())
    session.rollback()  # to see what the other transaction wrote
    found = latest(session, row.id or 0)
    if found is None:  # it was written a moment ago, or by somebody else
        raise Unavailable
    return found


def _number() -> int:
    asked = request.args.get("page", "1")
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= len(str(_MOST_PAGES))
    return min(int(asked), _MOST_PAGES) if is_number else 1


def _link(entry: Entry) -> str:
    """Return where an entry leads."""
    if entry.place is Place.ROOM:
        return url_for("room.show", pid=entry.public_id)
    if entry.place is Place.PROGRESS:
        return url_for("insights.progress", pid=entry.public_id)
    return url_for("reviews.queue")


def _where() -> dict[str, Any]:  # the words of the top bar
    return {"time": clock_time(now()), "place": words.place(zone())}
