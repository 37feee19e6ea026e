"""The door to a ticket for people other than its candidate."""

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.models import Ticket
from trialsim.kit.errors import NotFound
from trialsim.programmes.access import enter, standing_of
from trialsim.programmes.models import Membership
from trialsim.programmes.rules import Need, Relation, Thing
from trialsim.trials.models import Trial


def ticket_to_read(
    session: Session, person: Person, public_id: str, need: Need
) -> tuple[Ticket, Trial, Relation]:
    """Return a ticket with its trial, and how somebody who may see its reasons stands to them."""
    found = session.exec(
        select(Ticket, Trial, Membership)
        .join(Trial, col(Trial.id) == Ticket.trial_id)
        .outerjoin(
            Membership,
            (col(Membership.cohort_id) == Trial.cohort_id)
            & (col(Membership.person_id) == person.id),
        )
        .where(Ticket.public_id == public_id)
    ).first()
    if found is None:
        raise NotFound
    ticket, trial, membership = found
    standing = standing_of(person, membership, is_own=trial.person_id == person.id)
    enter(standing, Thing.TRACE, need)
    return ticket, trial, standing
