"""Rows for the measures above, and what the organisation owes. Computes no figure itself."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import load_only
from sqlmodel import Session, col, func, select

from trialsim.inbox.models import Case, Ticket
from trialsim.reviews.models import DrawKind, Rating, Review, ReviewState
from trialsim.trials.models import Trial
from trialsim.trials.queries import days_since_start

# A case's JSON is heavy and not needed here.
_IDENTITY = load_only(Case.scenario, Case.scenario_version)  # type: ignore[arg-type]  # are columns


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """One submitted review that was drawn: what may enter a measure.

    `day` counts from the trial's first midnight in the candidate's zone to the moment the work
    was done, fractions allowed. `levels` holds 1-4, or None for not applicable, by category.
    """

    review_id: int
    trial_id: int
    ticket_id: int
    code: str
    scenario: str
    scenario_version: int
    reviewer_id: int
    day: float
    score: float
    levels: Mapping[str, int | None]
    failed_critical: bool
    is_second: bool


@dataclass(frozen=True, slots=True)
class Debt:
    """Drawn conversations of one trial whose feedback is owed by now: how many, since when."""

    trial_id: int
    count: int
    oldest_due_at: datetime


def observation_rows(session: Session, cohort_id: int) -> tuple[ObservationRow, ...]:
    """Return the submitted, drawn reviews of a cohort, oldest work first; two queries.

    Reviews by rule or picked by hand never appear: they would bias the level.
    """
    rows = session.exec(
        select(Review, Trial, Ticket, Case)
        .options(_IDENTITY)
        .join(Trial, col(Trial.id) == Review.trial_id)
        .join(Ticket, col(Ticket.id) == Review.ticket_id)
        .join(Case, col(Case.ticket_id) == Review.ticket_id)
        .where(Trial.cohort_id == cohort_id, *_counted())
    ).all()
    levels = _levels(session, cohort_id)
    found = (
        ObservationRow(
            review_id=review.id or 0,
            trial_id=trial.id or 0,
            ticket_id=review.ticket_id,
            code=trial.code,
            scenario=case.scenario,
            scenario_version=case.scenario_version,
            reviewer_id=review.reviewer_id,
            day=days_since_start(trial, ticket.solved_at or ticket.answered_at or review.drawn_at),
            score=review.score or 0.0,
            levels=levels.get(review.id or 0, {}),
            failed_critical=review.failed_critical,
            is_second=review.is_second,
        )
        for review, trial, ticket, case in rows
    )
    return tuple(sorted(found, key=lambda one: (one.day, one.review_id)))


def feedback_debt(session: Session, cohort_id: int, now: datetime) -> dict[int, Debt]:
    """Return what is owed to each candidate of a cohort, by trial; nothing owed, no entry."""
    rows = session.exec(
        select(
            Review.trial_id, func.count(func.distinct(Review.ticket_id)), func.min(Review.due_at)
        )
        .join(Trial, col(Trial.id) == Review.trial_id)
        .where(
            Trial.cohort_id == cohort_id,
            Review.kind == DrawKind.DRAWN,
            Review.state != ReviewState.SKIPPED,
            col(Review.released_at).is_(None),
            Review.due_at < now,
        )
        .group_by(col(Review.trial_id))
    )
    return {trial_id: Debt(trial_id, count, oldest) for trial_id, count, oldest in rows}


def _counted() -> tuple[ColumnElement[bool], ...]:
    return (
        col(Review.kind) == DrawKind.DRAWN,
        col(Review.state) == ReviewState.SUBMITTED,
        col(Review.score).is_not(None),
    )


def _levels(session: Session, cohort_id: int) -> dict[int, dict[str, int | None]]:
    rows = session.exec(
        select(Rating.review_id, Rating.category, Rating.level)
        .join(Review, col(Review.id) == Rating.review_id)
        .join(Trial, col(Trial.id) == Review.trial_id)
        .where(Trial.cohort_id == cohort_id, *_counted())
        .order_by(col(Rating.id))
    )
    found: dict[int, dict[str, int | None]] = defaultdict(dict)
    for review_id, category, level in rows:
        found[review_id][category] = level
    return found
