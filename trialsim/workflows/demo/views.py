"""A demo's own doors: one press signs in, and its clock can be moved. Only a demo has them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from flask import Blueprint, Flask, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.accounts.signing_in import sign_in
from trialsim.installation.clock import keep_demo_time
from trialsim.installation.queries import demo
from trialsim.kit.clock import MovableClock
from trialsim.kit.errors import NotFound
from trialsim.programmes.models import Cohort, CohortState, Membership
from trialsim.programmes.rules import Role
from trialsim.trials.models import Trial
from trialsim.web.context import clock, settings
from trialsim.web.guards import open_to_all, signed_in
from trialsim.web.redirects import local_path
from trialsim.web.session import engine, session
from trialsim.workflows.tick import tick

blueprint = Blueprint("demo", __name__, url_prefix="/demo")

STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
_ROLE_WORDS = {
    Role.MENTOR: "mentor",
    Role.COMMITTEE: "hiring committee",
    Role.CANDIDATE: "candidate",
}


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody a visitor may be."""

    public_id: str
    name: str
    about: str


def init_app(app: Flask, *, is_demo: bool) -> None:
    """Offer the demo's people and clock to pages; in a real installation there are none."""
    app.extensions["is_demo"] = is_demo
    app.jinja_env.globals["demo_people"] = people if is_demo else tuple
    app.jinja_env.globals["is_demo"] = is_demo


@blueprint.post("/people/<pid:person_id>")
@open_to_all
def sign_in_as(person_id: str) -> ResponseReturnValue:
    """Sign in as one of the demo's people."""
    _only_in_demo()
    person = session.exec(select(Person).where(Person.public_id == person_id)).first()
    if person is None:
        raise NotFound
    sign_in(person)
    return redirect(url_for("home.show"), 303)


@blueprint.post("/clock")
@signed_in
def move_clock() -> ResponseReturnValue:
    """Move the demo's clock forward, and let happen what is due by then."""
    _only_in_demo()
    step = STEPS.get(request.form.get("by", ""))
    if step is None:
        raise NotFound
    session.commit()  # lets go of what it read, so that the work below may write
    moment = cast("MovableClock", clock()).move(step)
    keep_demo_time(engine(), moment)
    tick(engine(), settings(), moment)
    flash(f"It is now {moment:%A %d %B, %H:%M} (UTC).", "plain")
    return redirect(local_path(request.form.get("next"), "/"), 303)


def people() -> list[DemoPerson]:
    """Return who a visitor may be: the manager, mentors, committee, and running candidates."""
    rows = session.exec(
        select(Person, Membership, Cohort, Trial)
        .join(Membership, col(Membership.person_id) == Person.id)
        .join(Cohort, col(Cohort.id) == Membership.cohort_id)
        .outerjoin(
            Trial,
            (col(Trial.cohort_id) == Cohort.id) & (col(Trial.person_id) == Person.id),
        )
        .order_by(col(Membership.id))
    )
    order = {Role.CANDIDATE: 1, Role.MENTOR: 2, Role.COMMITTEE: 3}
    found: dict[str, tuple[float, DemoPerson]] = {}
    for person, membership, cohort, _ in rows:
        words = _ROLE_WORDS[membership.role]
        if membership.role is Role.CANDIDATE and cohort.state is CohortState.FINISHED:
            words = "candidate whose trial is decided"
        place = order[membership.role] + (cohort.state is CohortState.FINISHED) / 2
        found[person.public_id] = (place, DemoPerson(person.public_id, person.name, words))
    managers = session.exec(select(Person).where(col(Person.is_manager).is_(True)))
    for one in managers:
        found[one.public_id] = (0, DemoPerson(one.public_id, one.name, "programme manager"))
    return [person for _, person in sorted(found.values(), key=lambda pair: pair[0])]


def has_demo(db: Session) -> bool:
    """Whether a database is a demo."""
    return demo(db) is not None


def _only_in_demo() -> None:
    if not current_app.extensions["is_demo"]:
        raise NotFound
