"""Releasing feedback to the candidate: when it is complete, or when the promised time is over."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.journal.actions import record
from trialsim.reviews.models import DrawKind, Review, ReviewState
from trialsim.reviews.rules.blinding import is_releasable


def release_where_ready(session: Session, review: Review, now: datetime) -> int:
    """Release what may be read now of everything submitted on a review's conversation.

    To be called after a submission or a skip; returns how many were released. A review picked or
    found by rule waits for nobody.
    """
    together = session.exec(
        select(Review).where(Review.ticket_id == review.ticket_id, Review.kind == review.kind)
    ).all()
    waits = review.kind is DrawKind.DRAWN and any(
        one.state is ReviewState.WAITING for one in together
    )
    ready = [
        one
        for one in together
        if one.state is ReviewState.SUBMITTED
        and one.released_at is None
        and is_releasable(waits_for_another=waits, due_at=one.due_at, now=now)
    ]
    return _release(session, ready, now)


def release_due(session: Session, now: datetime) -> int:
    """Release what was submitted and held back for a second score that has not come in time."""
    ready = session.exec(
        select(Review)
        .where(
            Review.state == ReviewState.SUBMITTED,
            col(Review.released_at).is_(None),
            Review.due_at <= now,
        )
        .order_by(col(Review.id))
        .with_for_update(skip_locked=True)
    ).all()
    return _release(session, ready, now)


def _release(session: Session, reviews: Sequence[Review], now: datetime) -> int:
    for review in reviews:
        review.released_at = now
        session.add(review)
        record(session, "feedback_released", review.public_id, by=None, at=now)
    session.flush()
    return len(reviews)
