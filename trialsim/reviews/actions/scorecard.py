"""Writing a scorecard: kept as a draft, then submitted once and for good."""

from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.db import take_version
from trialsim.inbox.models import Ticket
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid
from trialsim.programmes.models import Rubric as RubricRow
from trialsim.reviews.actions.release import release_where_ready
from trialsim.reviews.models import Failure, Rating, Review, ReviewState
from trialsim.reviews.queries.conversation import messages, quotable
from trialsim.reviews.queries.scorecards import rubric_of
from trialsim.reviews.rules.scoring import Card, applying, faults, score
from trialsim.simulation.types import Rubric
from trialsim.trials.models import Trial


def save_draft(session: Session, review: Review, card: Card, *, version: int) -> None:
    """Keep what is filled in so far; nobody else sees it.

    Raises:
        Conflict: when it was submitted or skipped, or changed since the page was opened.
    """
    _take(session, review, version)
    _write(session, review, card, *_frame(session, review))


def keep_draft(session: Session, review: Review, card: Card, *, version: int) -> None:
    """Keep what an open page holds; its version stays, so that the page can go on saving.

    Raises:
        Conflict: when it was submitted, skipped or saved elsewhere since the page was opened.
    """
    check_waiting(review)
    if review.version != version:
        raise Conflict
    _write(session, review, card, *_frame(session, review))


def submit(
    session: Session, review: Review, card: Card, *, by: Person, now: datetime, version: int
) -> None:
    """Submit a scorecard: it gets its score, and the candidate reads it as soon as they may.

    Raises:
        Invalid: with a message a field, when something is missing.
        Conflict: when it was submitted or skipped, or changed since the page was opened.
    """
    rubric, channel = _frame(session, review)
    found = faults(card, rubric, channel, _texts(session, review))
    if found:
        raise Invalid(fields=found)
    _take(session, review, version)
    _write(session, review, card, rubric, channel)
    worth = score(card, applying(rubric, channel))
    review.score, review.failed_critical = worth.points, worth.failed_critical
    review.state, review.submitted_at = ReviewState.SUBMITTED, now
    session.add(review)
    session.flush()
    record(
        session,
        "review_submitted",
        review.public_id,
        by=by.id,
        at=now,
        detail={"score": review.score, "failed_critical": review.failed_critical},
    )
    release_where_ready(session, review, now)


def check_waiting(review: Review) -> None:
    """Pass for a review that still waits.

    Raises:
        Conflict: for one that is finished: a score is never changed afterwards.
    """
    if review.state is ReviewState.SUBMITTED:
        raise Conflict("This review was submitted already, so it stays as it is.")
    if review.state is ReviewState.SKIPPED:
        raise Conflict("This review was skipped and went to somebody else.")


def _take(session: Session, review: Review, version: int) -> None:
    check_waiting(review)
    take_version(session, review, version)
    check_waiting(review)  # somebody may have been quicker


def _write(session: Session, review: Review, card: Card, rubric: Rubric, channel: str) -> None:
    review.comment = card.comment
    review.failure = Failure(card.failure) if card.failure else None
    review.failure_quote, review.failure_reason = card.failure_quote, card.failure_reason
    session.add(review)
    rows = session.exec(select(Rating).where(Rating.review_id == review.id))
    known = {row.category: row for row in rows}
    for category in applying(rubric, channel):
        rated = card.ratings.get(category.id)
        if rated is None:
            continue
        row = known.get(category.id) or Rating(review_id=review.id or 0, category=category.id)
        row.level, row.is_rated = rated.level, rated.is_rated
        row.comment, row.quote = rated.comment, rated.quote
        row.root_cause = rated.root_cause if rated.is_low else ""
        session.add(row)
    session.flush()


def _frame(session: Session, review: Review) -> tuple[Rubric, str]:
    """Return the scorecard a review was drawn with, and its conversation's channel."""
    row, ticket = session.exec(
        select(RubricRow, Ticket)
        .join(Review, col(Review.rubric_id) == RubricRow.id)
        .join(Ticket, col(Ticket.id) == Review.ticket_id)
        .where(Review.id == review.id)
    ).one()
    return rubric_of(row), ticket.channel


def _texts(session: Session, review: Review) -> list[str]:
    candidate, trial = session.exec(
        select(Person, Trial)
        .join(Trial, col(Trial.person_id) == Person.id)
        .where(Trial.id == review.trial_id)
    ).one()
    return quotable(messages(session, review.ticket_id), candidate, trial.code)
