"""The door to a trial and to everything that belongs to one."""

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.kit.errors import NotFound
from trialsim.programmes.access import enter, standing_of
from trialsim.programmes.models import Membership
from trialsim.programmes.rules import Need, Relation, Thing
from trialsim.trials.models import Trial


def trial(
    session: Session, person: Person, public_id: str, thing: Thing, need: Need
) -> tuple[Trial, Relation]:
    """Return a trial and how the person stands to it, when they may do `need` with `thing`."""
    found = session.exec(
        select(Trial, Membership)
        .outerjoin(
            Membership,
            (col(Membership.cohort_id) == Trial.cohort_id)
            & (col(Membership.person_id) == person.id),
        )
        .where(Trial.public_id == public_id)
    ).first()
    if found is None:
        raise NotFound
    row, membership = found
    standing = standing_of(person, membership, is_own=row.person_id == person.id)
    enter(standing, thing, need)
    return row, standing
