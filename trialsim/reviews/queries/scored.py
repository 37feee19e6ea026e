"""Whether somebody's own opinion of a conversation is in."""

from sqlmodel import Session, select

from trialsim.accounts.models import Person
from trialsim.inbox.models import Ticket
from trialsim.reviews.models import Review, ReviewState


def has_scored(session: Session, ticket: Ticket, person: Person) -> bool:
    """Whether a mentor has scored a conversation and has none of it still to score."""
    states = session.exec(
        select(Review.state).where(
            Review.ticket_id == ticket.id,
            Review.reviewer_id == person.id,
            Review.state != ReviewState.SKIPPED,
        )
    ).all()
    return bool(states) and all(state is ReviewState.SUBMITTED for state in states)
