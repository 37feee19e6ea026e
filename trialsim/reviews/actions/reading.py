"""A candidate has read a review."""

from datetime import datetime

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.journal.actions import record
from trialsim.reviews.models import Review


def acknowledge(session: Session, review: Review, *, by: Person, now: datetime) -> None:
    """Note that the candidate has read a released review; the first time counts."""
    if review.read_at is not None:
        return
    review.read_at = now
    session.add(review)
    record(session, "feedback_read", review.public_id, by=by.id, at=now)
