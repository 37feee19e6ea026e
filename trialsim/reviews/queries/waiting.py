"""What waits for a reviewer, and what a candidate has not read yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import Select

from trialsim.accounts.models import Person
from trialsim.inbox.models import Channel, Ticket
from trialsim.programmes.models import Membership
from trialsim.programmes.rules import Role
from trialsim.reviews.models import Draw, DrawKind, Review, ReviewState
from trialsim.trials.models import Trial

MINUTES_A_REVIEW = 8
_LATELY = 10


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One review in a reviewer's list; the candidate is a code alone."""

    public_id: str
    subject: str
    channel: Channel
    code: str
    kind: DrawKind
    why: str
    is_twice: bool
    due_at: datetime
    is_late: bool
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A reviewer's whole list: what waits, most pressing first, and what was done lately."""

    waiting: tuple[QueueItem, ...]
    done: tuple[QueueItem, ...]

    @property
    def drawn(self) -> int:
        """Return how many of those that wait will count in a measure."""
        return sum(one.kind is DrawKind.DRAWN for one in self.waiting)

    @property
    def late(self) -> int:
        """Return how many are past the time promised to the candidate."""
        return sum(one.is_late for one in self.waiting)

    @property
    def minutes(self) -> int:
        """Return about how long all of it takes."""
        return minutes_for(len(self.waiting))


def minutes_for(count: int) -> int:
    """Return about how long so many reviews take."""
    return count * MINUTES_A_REVIEW


def why_this_one(review: Review, code: str) -> str:
    """Return in a sentence or two why a conversation came to a reviewer."""
    if review.kind is DrawKind.DRAWN:
        return (
            f"Drawn by chance from {code}’s tickets of week {review.week}, before the work was "
            "done. It counts."
        )
    if review.kind is DrawKind.RULE:
        return f"{review.reason} Found by a rule, for feedback only: it counts in no figure."
    because = f" {review.reason}" if review.reason else ""
    return f"Picked by you.{because} For feedback only: it counts in no figure."


def queue_items(session: Session, person: Person, now: datetime) -> tuple[QueueItem, ...]:
    """Return the reviews that wait for somebody, most pressing first; one query."""
    rows = session.exec(
        _mine(person)
        .where(Review.state == ReviewState.WAITING)
        .order_by(col(Review.due_at), col(Review.id))
    )
    return tuple(_item(*row, now) for row in rows)


def queue_page(session: Session, person: Person, now: datetime) -> QueuePage:
    """Return a reviewer's list."""
    done = session.exec(
        _mine(person)
        .where(Review.state == ReviewState.SUBMITTED)
        .order_by(col(Review.submitted_at).desc(), col(Review.id).desc())
        .limit(_LATELY)
    )
    return QueuePage(
        waiting=queue_items(session, person, now), done=tuple(_item(*row, now) for row in done)
    )


def waiting_count(session: Session, person: Person) -> int:
    """Return how many reviews wait for somebody."""
    return session.exec(
        select(func.count())
        .select_from(Review)
        .join(Trial, col(Trial.id) == Review.trial_id)
        .join(Membership, mentors(person))
        .where(Review.reviewer_id == person.id, Review.state == ReviewState.WAITING)
    ).one()


def unread_count(session: Session, trial: Trial) -> int:
    """Return how many released reviews a candidate has not acknowledged."""
    return session.exec(
        select(func.count())
        .select_from(Review)
        .where(
            Review.trial_id == trial.id,
            col(Review.released_at).is_not(None),
            col(Review.read_at).is_(None),
        )
    ).one()


def mentors(person: Person) -> Any:  # noqa: ANN401 (SQLAlchemy's clauses have no public type)
    """Return the condition that somebody mentors a trial's cohort now."""
    return (
        (col(Membership.cohort_id) == Trial.cohort_id)
        & (col(Membership.person_id) == person.id)
        & (col(Membership.role) == Role.MENTOR)
        & col(Membership.ended_at).is_(None)
    )


def _mine(person: Person) -> Select[Review, Ticket, Trial, Draw]:
    return (
        select(Review, Ticket, Trial, Draw)
        .join(Ticket, col(Ticket.id) == Review.ticket_id)
        .join(Trial, col(Trial.id) == Review.trial_id)
        .join(Membership, mentors(person))
        .outerjoin(Draw, col(Draw.id) == Review.draw_id)
        .where(Review.reviewer_id == person.id)
    )


def _item(
    review: Review, ticket: Ticket, trial: Trial, draw: Draw | None, now: datetime
) -> QueueItem:
    return QueueItem(
        public_id=review.public_id,
        subject=ticket.subject,
        channel=ticket.channel,
        code=trial.code,
        kind=review.kind,
        why=why_this_one(review, trial.code),
        is_twice=draw is not None and draw.second_id is not None,
        due_at=review.due_at,
        is_late=review.state is ReviewState.WAITING and review.due_at < now,
        submitted_at=review.submitted_at,
    )
