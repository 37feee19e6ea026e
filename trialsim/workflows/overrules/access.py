"""The door to rulings over the engine."""

from sqlmodel import Session, col, or_, select

from trialsim.accounts.models import Person
from trialsim.inbox.access import ticket_to_read
from trialsim.inbox.models import Overrule, Ticket
from trialsim.kit.errors import NotAllowed, NotFound
from trialsim.programmes.rules import Need, Relation
from trialsim.reviews.queries.scored import has_scored
from trialsim.trials.models import Trial

SCORE_FIRST = (
    "Please score this conversation first. The engine's reading shows, and can be put right, "
    "once your own score is in."
)


def conversation(session: Session, person: Person, public_id: str) -> tuple[Ticket, Trial]:
    """Return a conversation for a manager, or for a mentor whose own score of it is in."""
    ticket, trial, standing = ticket_to_read(session, person, public_id, Need.WRITE)
    if standing is Relation.MENTOR and not has_scored(session, ticket, person):
        raise NotAllowed(SCORE_FIRST)
    return ticket, trial


def own_ruling(session: Session, person: Person, ticket: Ticket, public_id: str) -> Overrule:
    """Return a ruling on a conversation for who made it, or for a manager."""
    row = session.exec(
        select(Overrule)
        .join(Ticket, col(Ticket.id) == Overrule.ticket_id)
        .where(
            Overrule.public_id == public_id,
            or_(Ticket.id == ticket.id, Ticket.merged_into == ticket.id),
        )
    ).first()
    if row is None:
        raise NotFound
    if row.person_id != person.id and not person.is_manager:
        raise NotAllowed("Only who made a ruling, or a manager, takes it back.")
    return row
