"""Reviewed conversations worth reading in full: the best, the lowest, one drawn; two queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from sqlmodel import Session, col, select

from trialsim.inbox.models import Ticket
from trialsim.inbox.queries.dropped import dropped
from trialsim.kit import streams
from trialsim.reviews.models import DrawKind, Rating, Review, ReviewState
from trialsim.trials.models import Trial
from trialsim.trials.queries import day_of


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reviewed conversation: what it is here for, its score, what was said about it."""

    role: str
    tone: str
    icon: str
    subject: str
    ticket_id: str
    channel: str
    day: int
    score: float
    reviews: int
    quote: str
    comment: str


@dataclass(frozen=True, slots=True)
class _Reviewed:
    """A conversation with its submitted reviews; the score is their mean."""

    ticket: Ticket
    reviews: Sequence[Review]

    @property
    def score(self) -> float:
        return fmean(review.score or 0.0 for review in self.reviews)


def evidence(session: Session, trial: Trial, reader_id: int) -> tuple[tuple[Evidence, ...], int]:
    """Return up to three conversations for a reader, and of how many they were taken.

    Only drawn reviews. What the reader has still to score is left out: another's score must not
    be seen before one's own.
    """
    known = _reviewed(session, trial, reader_id)
    chosen = _chosen(known, trial)
    quotes = _quotes(session, [review.id or 0 for _, one in chosen for review in one.reviews])
    return (
        tuple(_evidence(role, one, trial, quotes) for role, one in chosen),
        len(known),
    )


_ROLES = {
    "Strong": ("good", "check"),
    "Talk about it": ("warn", "flag"),
    "Drawn by chance": ("outline", ""),
}


def _chosen(known: Sequence[_Reviewed], trial: Trial) -> list[tuple[str, _Reviewed]]:
    """Return best, lowest, and one by chance that stays the same while the reviews do."""
    if not known:
        return []
    ordered = sorted(known, key=lambda one: (-one.score, one.ticket.id))
    chosen = [("Strong", ordered[0])]
    if len(ordered) > 1:
        chosen.append(("Talk about it", ordered[-1]))
    rest = ordered[1:-1]
    if rest:
        drawn = streams.pick(rest, trial.seed, "evidence", len(known))
        chosen.append(("Drawn by chance", drawn))
    return chosen


def _reviewed(session: Session, trial: Trial, reader_id: int) -> list[_Reviewed]:
    rows = session.exec(
        select(Review, Ticket)
        .join(Ticket, col(Ticket.id) == Review.ticket_id)
        .where(Review.trial_id == trial.id, Review.state != ReviewState.SKIPPED)
        .order_by(col(Review.id))
    )
    tickets: dict[int, Ticket] = {}
    found: dict[int, list[Review]] = defaultdict(list)
    barred = set(dropped(session, [trial]))
    for review, ticket in rows:
        if review.state is ReviewState.WAITING:
            barred |= {review.ticket_id} if review.reviewer_id == reader_id else set()
        elif review.kind is DrawKind.DRAWN and review.score is not None:
            tickets[review.ticket_id] = ticket
            found[review.ticket_id].append(review)
    return [
        _Reviewed(tickets[ticket_id], reviews)
        for ticket_id, reviews in found.items()
        if ticket_id not in barred
    ]


def _quotes(session: Session, review_ids: Iterable[int]) -> dict[int, str]:
    """Return one sentence that each review quotes from the reply."""
    rows = session.exec(
        select(Rating.review_id, Rating.quote)
        .where(col(Rating.review_id).in_(list(review_ids)), Rating.quote != "")
        .order_by(col(Rating.id).desc())
    )
    return dict(rows.all())


def _evidence(role: str, one: _Reviewed, trial: Trial, quotes: dict[int, str]) -> Evidence:
    tone, icon = _ROLES[role]
    ids = [review.id or 0 for review in one.reviews]
    at: datetime = one.ticket.solved_at or one.ticket.answered_at or one.ticket.opened_at
    return Evidence(
        role=role,
        tone=tone,
        icon=icon,
        subject=one.ticket.subject,
        ticket_id=one.ticket.public_id,
        channel=str(one.ticket.channel),
        day=day_of(trial, at),
        score=one.score,
        reviews=len(one.reviews),
        quote=next((quotes[key] for key in ids if key in quotes), ""),
        comment=one.reviews[0].comment,
    )
