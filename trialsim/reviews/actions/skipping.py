"""Handing a review on, with a reason."""

from datetime import datetime

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.db import take_version
from trialsim.inbox.models import Ticket
from trialsim.journal.actions import record
from trialsim.kit.errors import Invalid
from trialsim.reviews.actions.filling import (
    active_mentors,
    add_review,
    busy_mentors,
    drawn_review,
    reviewers_of,
)
from trialsim.reviews.actions.release import release_where_ready
from trialsim.reviews.actions.scorecard import check_waiting
from trialsim.reviews.models import Draw, Review, ReviewState
from trialsim.reviews.rules.assigning import stand_in
from trialsim.trials.models import Trial


def skip(
    session: Session, review: Review, trial: Trial, *, reason: str, by: Person, now: datetime
) -> Review | None:
    """Skip a review; a drawn one goes to the least busy other mentor, and is owed as before.

    Returns the review that takes its place, None when there is nobody, or none is needed.

    Raises:
        Invalid: without a reason.
        Conflict: when it was finished already.
    """
    if not reason:
        raise Invalid(fields={"reason": "Please say why in a few words."})
    check_waiting(review)
    take_version(session, review, review.version)
    review.state, review.skip_reason = ReviewState.SKIPPED, reason
    session.add(review)
    session.flush()
    record(session, "review_skipped", review.public_id, by=by.id, at=now, detail={"reason": reason})
    successor = _hand_on(session, review, trial) if review.draw_id is not None else None
    release_where_ready(session, review, now)
    return successor


def _hand_on(session: Session, review: Review, trial: Trial) -> Review | None:
    draw, ticket = session.get(Draw, review.draw_id), session.get(Ticket, review.ticket_id)
    mentors = active_mentors(session, trial.cohort_id)
    chosen = stand_in(
        mentors,
        own=trial.mentor_id,
        barred=reviewers_of(session, review.ticket_id),
        busy=busy_mentors(session, list(mentors)),
        seed=(trial.seed, "reviews", review.week, "skipped", review.id or 0),
    )
    if draw is None or ticket is None:
        return None
    if chosen is None:
        draw.second_id = None  # nobody is left to score it again
        session.add(draw)
        return None
    if review.is_second:
        draw.second_id = chosen
    else:
        draw.reviewer_id = chosen
    session.add(draw)
    successor = drawn_review(
        draw, trial, ticket, chosen, is_second=review.is_second, now=review.drawn_at
    )
    return add_review(session, successor, ticket, reviewer=mentors[chosen], by=None)
