"""Reading programmes, cohorts and memberships."""

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.programmes.models import Cohort, Membership, Programme, Rubric
from trialsim.programmes.rules import ProgrammeRules


def programmes(session: Session) -> list[Programme]:
    """Return all programmes, newest first."""
    return list(session.exec(select(Programme).order_by(col(Programme.id).desc())))


def cohorts_by_programme(session: Session) -> dict[int, list[Cohort]]:
    """Return all cohorts by their programme, newest first."""
    found: dict[int, list[Cohort]] = {}
    for cohort in session.exec(
        select(Cohort).order_by(col(Cohort.starts_on).desc(), col(Cohort.id).desc())
    ):
        found.setdefault(cohort.programme_id, []).append(cohort)
    return found


def cohorts(session: Session, programme: Programme) -> list[Cohort]:
    """Return a programme's cohorts, newest first."""
    query = (
        select(Cohort)
        .where(Cohort.programme_id == programme.id)
        .order_by(col(Cohort.starts_on).desc(), col(Cohort.id).desc())
    )
    return list(session.exec(query))


def programme_of(session: Session, cohort: Cohort) -> Programme:
    """Return the programme a cohort belongs to."""
    return session.exec(select(Programme).where(Programme.id == cohort.programme_id)).one()


def rules_of(programme: Programme) -> ProgrammeRules:
    """Return a programme's present rules."""
    return ProgrammeRules.model_validate(programme.rules)


def latest_rubric(session: Session, programme_id: int) -> Rubric:
    """Return the newest version of a programme's scorecard."""
    query = (
        select(Rubric)
        .where(Rubric.programme_id == programme_id)
        .order_by(col(Rubric.number).desc())
        .limit(1)
    )
    return session.exec(query).one()


def memberships(session: Session, cohort_id: int) -> list[tuple[Membership, Person]]:
    """Return everybody who was invited to a cohort, in that order."""
    rows = session.exec(
        select(Membership, Person)
        .join(Person, col(Person.id) == Membership.person_id)
        .where(Membership.cohort_id == cohort_id)
        .order_by(col(Membership.id))
    )
    return [(membership, person) for membership, person in rows]
