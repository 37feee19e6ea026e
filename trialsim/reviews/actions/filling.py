"""Filling drawn places with reviews once the work is done, and replacing what never came."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from trialsim.accounts.models import Person
from trialsim.inbox.models import Case, Status, Ticket
from trialsim.journal.actions import record
from trialsim.programmes.models import Cohort
from trialsim.programmes.rules import Role
from trialsim.reviews.actions.planning import planned_tickets
from trialsim.reviews.models import Draw, DrawKind, Review, ReviewState
from trialsim.reviews.rules.assigning import stand_in
from trialsim.reviews.rules.due import due_at, is_reviewable
from trialsim.reviews.rules.sampling import replacement
from trialsim.trials.models import Trial
from trialsim.trials.queries import members
from trialsim.trials.rules import TrialState

_OVER = (Status.SOLVED, Status.CLOSED)
_ENDED = (TrialState.CLOSED, TrialState.DECIDED)
_GRACE = timedelta(hours=48)


def fill(session: Session, cohort: Cohort, now: datetime) -> int:
    """Write the reviews of drawn conversations that can be read by now; return how many."""
    ready = [
        (draw, trial, ticket)
        for draw, trial, ticket in _open_draws(session, cohort)
        if _is_reviewable(trial, ticket, now)
    ]
    mentors = active_mentors(session, cohort.id or 0) if ready else {}
    if not mentors:
        return 0
    busy = busy_mentors(session, list(mentors))
    return sum(
        _fill_one(session, draw, (trial, ticket), mentors, busy, now)
        for draw, trial, ticket in ready
    )


def replace_lost(session: Session, cohort: Cohort, now: datetime) -> None:
    """Give a drawn place another ticket of its week when its own never became one to read.

    That is so when the trial has gone on to later weeks, or has ended. The next one by chance of
    the same third is taken, so nobody chooses.
    """
    for trial, week, reached in _past_weeks(session, cohort, now):
        held = session.exec(select(Draw).where(Draw.trial_id == trial.id, Draw.week == week)).all()
        opened = _opened(session, trial, week)
        ready = {key for key, one in opened.items() if _is_reviewable(trial, one, now)}
        lost = [
            one
            for one in held
            if one.filled_at is None
            and one.key not in ready
            and _is_lost(trial, opened.get(one.key), reached - week, now)
        ]
        if lost:
            _move(session, trial, lost, {one.key for one in held}, ready, now)
    session.flush()


def add_review(
    session: Session, review: Review, ticket: Ticket, *, reviewer: Person, by: Person | None
) -> Review:
    """Store a review that waits, owed within a day of its draw in the reviewer's own zone."""
    review.due_at = due_at(review.drawn_at, reviewer.zone)
    session.add(review)
    session.flush()
    record(
        session,
        "review_drawn",
        review.public_id,
        by=by.id if by else None,
        at=review.drawn_at,
        detail={"kind": str(review.kind), "ticket": ticket.public_id, "week": review.week},
    )
    return review


def active_mentors(session: Session, cohort_id: int) -> dict[int, Person]:
    """Return a cohort's mentors by row id, in the order of invitation."""
    people = members(session, cohort_id, Role.MENTOR)
    return {one.id or 0: one for one in people if one.deactivated_at is None}


def busy_mentors(session: Session, mentor_ids: list[int]) -> Counter[int]:
    """Return how many reviews wait for each of some mentors."""
    rows = session.exec(
        select(Review.reviewer_id, func.count())
        .where(col(Review.reviewer_id).in_(mentor_ids), Review.state == ReviewState.WAITING)
        .group_by(col(Review.reviewer_id))
    )
    return Counter(dict(rows.all()))


def reviewers_of(session: Session, ticket_id: int) -> set[int]:
    """Return who has or had a review on a conversation."""
    return set(session.exec(select(Review.reviewer_id).where(Review.ticket_id == ticket_id)))


def _fill_one(
    session: Session,
    draw: Draw,
    work: tuple[Trial, Ticket],
    mentors: dict[int, Person],
    busy: Counter[int],
    now: datetime,
) -> int:
    trial, ticket = work
    wanted = [draw.reviewer_id] if draw.second_id is None else [draw.reviewer_id, draw.second_id]
    taken = reviewers_of(session, ticket.id or 0)
    added = 0
    for place, mentor_id in enumerate(wanted):
        chosen: int | None = mentor_id
        if mentor_id not in mentors or mentor_id in taken:
            chosen = stand_in(
                mentors,
                own=trial.mentor_id,
                barred=taken | set(wanted),
                busy=busy,
                seed=(trial.seed, "reviews", draw.week, draw.place, place),
            )
        if chosen is None:
            draw.second_id = None  # nobody is left to score it again
            continue
        taken.add(chosen)
        busy[chosen] += 1
        review = drawn_review(draw, trial, ticket, chosen, is_second=place > 0, now=now)
        add_review(session, review, ticket, reviewer=mentors[chosen], by=None)
        _remember(draw, place, chosen)
        added += 1
    if added:
        draw.filled_at = now
        session.add(draw)
    return added


def drawn_review(
    draw: Draw, trial: Trial, ticket: Ticket, reviewer_id: int, *, is_second: bool, now: datetime
) -> Review:
    """Return the review that a drawn place becomes, not stored yet."""
    return Review(
        trial_id=trial.id or 0,
        ticket_id=ticket.id or 0,
        reviewer_id=reviewer_id,
        rubric_id=trial.rubric_id,
        draw_id=draw.id,
        kind=DrawKind.DRAWN,
        is_second=is_second,
        week=draw.week,
        drawn_at=now,
        due_at=now,
    )


def _remember(draw: Draw, place: int, chosen: int) -> None:
    if place:
        draw.second_id = chosen
    else:
        draw.reviewer_id = chosen


def _open_draws(session: Session, cohort: Cohort) -> list[tuple[Draw, Trial, Ticket]]:
    """Return the drawn places that hold an answered conversation and no review yet."""
    rows = session.exec(
        select(Draw, Trial, Ticket)
        .join(Trial, col(Trial.id) == Draw.trial_id)
        .join(Case, (col(Case.trial_id) == Draw.trial_id) & (_case_key() == Draw.key))
        .join(Ticket, col(Ticket.id) == Case.ticket_id)
        .where(
            Trial.cohort_id == cohort.id,
            col(Draw.filled_at).is_(None),
            col(Case.practice).is_(False),
            col(Ticket.answered_at).is_not(None),
        )
        .order_by(col(Draw.id))
    )
    return [(draw, trial, ticket) for draw, trial, ticket in rows]


def _past_weeks(session: Session, cohort: Cohort, now: datetime) -> list[tuple[Trial, int, int]]:
    """Return trials with a week they left open places in, and the latest week they have reached."""
    open_weeks = session.exec(
        select(Draw.trial_id, Draw.week)
        .join(Trial, col(Trial.id) == Draw.trial_id)
        .where(Trial.cohort_id == cohort.id, col(Draw.filled_at).is_(None))
        .distinct()
    ).all()
    if not open_weeks:
        return []
    ids = {trial_id for trial_id, _ in open_weeks}
    rows = session.exec(
        select(Case.trial_id, func.max(Case.week))
        .join(Ticket, col(Ticket.id) == Case.ticket_id)
        .where(col(Case.trial_id).in_(ids), Ticket.opened_at <= now - _GRACE)
        .group_by(col(Case.trial_id))
    )
    reached: dict[int, int] = defaultdict(int, rows.all())
    trials = {one.id: one for one in session.exec(select(Trial).where(col(Trial.id).in_(ids)))}
    return [
        (trials[trial_id], week, reached[trial_id])
        for trial_id, week in sorted(open_weeks)
        if trials[trial_id].state in _ENDED or reached[trial_id] > week
    ]


def _is_lost(trial: Trial, ticket: Ticket | None, weeks_ahead: int, now: datetime) -> bool:
    """Whether a drawn ticket will not become one to read.

    One not opened yet may still come while the trial is in the week after, because tickets of
    that week come early to a quick candidate.
    """
    if trial.state in _ENDED:
        return True
    if ticket is None:
        return weeks_ahead > 1
    return ticket.opened_at <= now - _GRACE


def _move(
    session: Session,
    trial: Trial,
    lost: list[Draw],
    taken: set[str],
    ready: set[str],
    now: datetime,
) -> None:
    week = lost[0].week
    tickets = planned_tickets(session, [trial.id or 0], week).get(trial.id or 0, ())
    free = [one for one in tickets if one.key in ready]
    for draw in lost:
        other = replacement(free, taken, draw.third, trial.seed, "reviews", week)
        if other is None:
            continue
        taken.add(other.key)
        draw.key = other.key
        session.add(draw)
        detail = {"week": week, "place": draw.place}
        record(session, "draw_replaced", trial.public_id, by=None, at=now, detail=detail)


def _opened(session: Session, trial: Trial, week: int) -> dict[str, Ticket]:
    rows = session.exec(
        select(Ticket, _case_key())
        .join(Case, col(Case.ticket_id) == Ticket.id)
        .where(Case.trial_id == trial.id, Case.week == week, col(Case.practice).is_(False))
    )
    return {key: ticket for ticket, key in rows}


def _is_reviewable(trial: Trial, ticket: Ticket, now: datetime) -> bool:
    return is_reviewable(
        answered_at=ticket.answered_at,
        is_over=ticket.status in _OVER,
        trial_is_over=trial.state in _ENDED,
        now=now,
    )


def _case_key() -> Any:  # noqa: ANN401 (SQLAlchemy's JSON expressions have no public type)
    form: Any = Case.form
    return form["key"].as_string()
