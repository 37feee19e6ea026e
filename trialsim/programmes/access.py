"""The doors of programmes and cohorts, and the one decision all doors share."""

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.kit.errors import NotAllowed, NotFound
from trialsim.programmes.models import Cohort, Membership, Programme
from trialsim.programmes.rules import Need, Relation, Thing, may, relation


def enter(standing: Relation, thing: Thing, need: Need) -> None:
    """Pass, or raise: NotFound for who may not even read, NotAllowed for who may read only."""
    if may(standing, thing, need):
        return
    if may(standing, thing, Need.READ):
        raise NotAllowed
    raise NotFound


def standing_of(person: Person, membership: Membership | None, *, is_own: bool = False) -> Relation:
    """Return how a person stands to a cohort or to one trial in it."""
    return relation(
        is_manager=person.is_manager,
        is_own=is_own,
        role=membership.role if membership else None,
        role_ended=membership is not None and membership.ended_at is not None,
    )


def manager(person: Person) -> None:
    """Pass for managers only; for others the page does not exist."""
    if not person.is_manager:
        raise NotFound


def programme(session: Session, person: Person, public_id: str, need: Need) -> Programme:
    """Return a programme for somebody who may."""
    row = session.exec(select(Programme).where(Programme.public_id == public_id)).first()
    standing = standing_of(person, None)
    if row is None:
        raise NotFound
    enter(standing, Thing.PROGRAMME, need)
    return row


def cohort(
    session: Session, person: Person, public_id: str, need: Need, thing: Thing = Thing.COHORT
) -> Cohort:
    """Return a cohort for somebody who may do `need` with `thing` in it."""
    found = session.exec(
        select(Cohort, Membership)
        .outerjoin(
            Membership,
            (col(Membership.cohort_id) == Cohort.id) & (col(Membership.person_id) == person.id),
        )
        .where(Cohort.public_id == public_id)
    ).first()
    if found is None:
        raise NotFound
    row, membership = found
    enter(standing_of(person, membership), thing, need)
    return row
