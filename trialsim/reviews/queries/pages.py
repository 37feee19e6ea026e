"""One page each: a review for its reviewer, feedback for its candidate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.models import Case, Channel, Customer, Status, Ticket
from trialsim.programmes.models import Rubric as RubricRow
from trialsim.reviews.models import DrawKind, Review, ReviewState
from trialsim.reviews.queries.conversation import (
    Line,
    blind_hints,
    blind_lines,
    messages,
    own_lines,
)
from trialsim.reviews.queries.scorecards import (
    OtherSheet,
    Sheet,
    card_of,
    others,
    ratings_of,
    rubric_of,
    sheet,
)
from trialsim.reviews.queries.waiting import QueueItem, minutes_for, queue_items, why_this_one
from trialsim.reviews.rules.blinding import Sight, sight
from trialsim.reviews.rules.scoring import Card
from trialsim.simulation.forum import Hint
from trialsim.trials.models import Trial
from trialsim.trials.queries import day_of, rules_of


@dataclass(frozen=True, slots=True)
class File:
    """Everything stored around one review."""

    review: Review
    trial: Trial
    ticket: Ticket
    case: Case
    customer: Customer
    rubric: RubricRow
    candidate: Person


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One line of the engine's sum: whether it was met, what it added, in words."""

    met: bool
    amount: float
    words: str


@dataclass(frozen=True, slots=True)
class Trace:
    """What the engine says the work was worth (0-100), and what the customer thought of it."""

    outcome: float | None
    outcome_lines: tuple[TraceLine, ...]
    rating: int | None
    rating_lines: tuple[TraceLine, ...]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A review for its reviewer: list, conversation without a name, scorecard."""

    public_id: str
    ticket: str
    version: int
    subject: str
    code: str
    channel: Channel
    plan: str
    status: Status
    number: int
    day: int
    solved_minutes: float | None
    why: str
    twice_with: str
    due_at: datetime
    is_late: bool
    state: ReviewState
    sight: Sight
    sheet: Sheet
    lines: tuple[Line, ...]
    hints: tuple[Hint, ...]
    others: tuple[OtherSheet, ...]
    trace: Trace | None
    queue: tuple[QueueItem, ...]
    pass_line: int
    submitted_at: datetime | None
    released_at: datetime | None
    read_at: datetime | None
    skip_reason: str

    @property
    def minutes(self) -> int:
        """Return about how long all that waits takes."""
        return minutes_for(len(self.queue))

    @property
    def previous(self) -> str:
        """Return the public id of the review before this one in the list, empty at its start."""
        ids = [one.public_id for one in self.queue]
        place = ids.index(self.public_id) if self.public_id in ids else 0
        return ids[place - 1] if place else ""

    @property
    def comparison_columns(self) -> list[str | tuple[str, str]]:
        """Return the heads of the table that sets everybody's levels side by side."""
        return ["Category", ("You", "num"), *((other.reviewer, "num") for other in self.others)]

    @property
    def comparison_rows(self) -> list[list[str]]:
        """Return its rows: category, own level, those of others."""
        sheets = (self.sheet, *(other.sheet for other in self.others))
        levels = [{field.id: field.shown for field in one.fields} for one in sheets]
        return [
            [field.name, *(found.get(field.id, "–") for found in levels)]
            for field in self.sheet.fields
        ]


@dataclass(frozen=True, slots=True)
class FeedbackItem:
    """One released review in a candidate's list."""

    public_id: str
    subject: str
    channel: Channel
    mentor: str
    released_at: datetime
    points: float | None
    counts: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """One released review for its candidate: signed scorecard and their own conversation."""

    public_id: str
    subject: str
    channel: Channel
    mentor: str
    released_at: datetime
    read_at: datetime | None
    why: str
    sheet: Sheet
    pass_line: int
    lines: tuple[Line, ...]


def review_page(
    session: Session, file: File, person: Person, now: datetime, typed: Card | None = None
) -> ReviewPage:
    """Return a review's page; `typed` shows a form again that could not be taken."""
    review, ticket, trial = file.review, file.ticket, file.trial
    seen = sight(
        is_submitted=review.state is ReviewState.SUBMITTED,
        is_skipped=review.state is ReviewState.SKIPPED,
    )
    rubric = rubric_of(file.rubric)
    stored = typed or card_of(review, ratings_of(session, [review.id or 0])[review.id or 0])
    rows = messages(session, ticket.id or 0)
    solved = ticket.solved_at
    return ReviewPage(
        public_id=review.public_id,
        ticket=ticket.public_id,
        version=review.version,
        subject=ticket.subject,
        code=trial.code,
        channel=ticket.channel,
        plan=file.customer.plan,
        status=ticket.status,
        number=ticket.number,
        day=day_of(trial, ticket.opened_at),
        solved_minutes=(solved - ticket.opened_at).total_seconds() / 60 if solved else None,
        why=why_this_one(review, trial.code),
        twice_with=_other_reviewers(session, review),
        due_at=review.due_at,
        is_late=review.state is ReviewState.WAITING and review.due_at < now,
        state=review.state,
        sight=seen,
        sheet=sheet(stored, rubric, ticket.channel),
        lines=blind_lines(
            rows, file.customer.name, file.candidate, trial.code, with_reasons=seen.trace
        ),
        hints=blind_hints(rows, file.case, file.candidate, trial.code),
        others=others(session, review, {review.rubric_id: rubric}, ticket.channel)
        if seen.scores_of_others
        else (),
        trace=_trace(file.case, ticket) if seen.trace else None,
        queue=queue_items(session, person, now),
        pass_line=rules_of(trial).pass_line,
        submitted_at=review.submitted_at,
        released_at=review.released_at,
        read_at=review.read_at,
        skip_reason=review.skip_reason,
    )


def feedback_items(session: Session, person: Person, now: datetime) -> tuple[FeedbackItem, ...]:
    """Return what a candidate may read of reviews about their work, newest first; one query."""
    rows = session.exec(
        select(Review, Ticket, Person)
        .join(Ticket, col(Ticket.id) == Review.ticket_id)
        .join(Trial, col(Trial.id) == Review.trial_id)
        .join(Person, col(Person.id) == Review.reviewer_id)
        .where(Trial.person_id == person.id, col(Review.released_at) <= now)
        .order_by(col(Review.released_at).desc(), col(Review.id).desc())
    )
    return tuple(
        FeedbackItem(
            public_id=review.public_id,
            subject=ticket.subject,
            channel=ticket.channel,
            mentor=first_name(mentor),
            released_at=review.released_at or now,
            points=review.score,
            counts=review.kind is DrawKind.DRAWN,
            is_new=review.read_at is None,
        )
        for review, ticket, mentor in rows
    )


def feedback_page(session: Session, file: File, mentor: Person) -> FeedbackPage:
    """Return one released review for its candidate."""
    review, ticket = file.review, file.ticket
    ratings = ratings_of(session, [review.id or 0])[review.id or 0]
    rows = messages(session, ticket.id or 0)
    return FeedbackPage(
        public_id=review.public_id,
        subject=ticket.subject,
        channel=ticket.channel,
        mentor=first_name(mentor),
        released_at=review.released_at or review.drawn_at,
        read_at=review.read_at,
        why=_why_for_candidate(review),
        sheet=sheet(card_of(review, ratings), rubric_of(file.rubric), ticket.channel),
        pass_line=rules_of(file.trial).pass_line,
        lines=own_lines(rows, file.customer.name, file.candidate),
    )


def first_name(person: Person) -> str:
    """Return how a reviewer signs."""
    return next(iter(person.name.split()), "A mentor")


def _why_for_candidate(review: Review) -> str:
    if review.kind is DrawKind.DRAWN:
        return "Drawn by chance before you did the work. It counts in your reply quality."
    return "Chosen for feedback only. It counts in no figure."


def _other_reviewers(session: Session, review: Review) -> str:
    """Return who else scores the same drawn conversation, empty when nobody does."""
    if review.kind is not DrawKind.DRAWN:
        return ""
    people = session.exec(
        select(Person)
        .join(Review, col(Review.reviewer_id) == Person.id)
        .where(
            Review.ticket_id == review.ticket_id,
            Review.id != review.id,
            Review.kind == DrawKind.DRAWN,
            Review.state != ReviewState.SKIPPED,
        )
        .order_by(col(Review.id))
    )
    return " and ".join(first_name(one) for one in people)


def _trace(case: Case, ticket: Ticket) -> Trace:
    return Trace(
        outcome=case.outcome,
        outcome_lines=_trace_lines(case.trace),
        rating=ticket.rating,
        rating_lines=_trace_lines(case.rating_trace),
    )


def _trace_lines(stored: Mapping[str, Any]) -> tuple[TraceLine, ...]:
    return tuple(
        TraceLine(bool(part["met"]), float(part["amount"]), str(part["text"]))
        for part in stored.get("parts", ())
    )
