"""Up to four conversations a week by rule: where feedback helps most. They enter no measure."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, exists, func, or_, select

from trialsim.inbox.models import Case, Ticket
from trialsim.inbox.queries.dropped import dropped
from trialsim.programmes.models import Cohort
from trialsim.reviews.actions.filling import active_mentors, add_review
from trialsim.reviews.models import Draw, DrawKind, Review
from trialsim.reviews.rules.notice import MOST_A_WEEK, Work, notice
from trialsim.trials.models import Trial

_LOOK_BACK = timedelta(days=3)


def draw_by_rule(session: Session, cohort: Cohort, now: datetime) -> int:
    """Give own mentors what a rule noticed among the latest finished work; return how many."""
    found = _noticed(session, cohort, now)
    mentors = active_mentors(session, cohort.id or 0) if found else {}
    if not mentors:
        return 0
    so_far = _so_far(session, {trial.id or 0 for trial, _, _, _ in found})
    added = 0
    for trial, ticket, week, reason in found:
        mentor = mentors.get(trial.mentor_id or 0)
        if mentor is None or so_far[(trial.id or 0, week)] >= MOST_A_WEEK:
            continue
        so_far[(trial.id or 0, week)] += 1
        review = Review(
            trial_id=trial.id or 0,
            ticket_id=ticket.id or 0,
            reviewer_id=mentor.id or 0,
            rubric_id=trial.rubric_id,
            kind=DrawKind.RULE,
            reason=reason,
            week=week,
            drawn_at=now,
            due_at=now,
        )
        add_review(session, review, ticket, reviewer=mentor, by=None)
        added += 1
    return added


def _noticed(
    session: Session, cohort: Cohort, now: datetime
) -> list[tuple[Trial, Ticket, int, str]]:
    form: Any = Case.form  # JSON columns: SQLModel's types know the value alone
    trace: Any = Case.trace
    rows = session.exec(
        select(Trial, Ticket, Case)
        .join(Ticket, col(Ticket.trial_id) == Trial.id)
        .join(Case, col(Case.ticket_id) == Ticket.id)
        .where(
            Trial.cohort_id == cohort.id,
            col(Case.practice).is_(False),
            col(Case.finished_at) > now - _LOOK_BACK,
            col(Ticket.answered_at).is_not(None),
            or_(
                col(Ticket.reopened_count) > 0,
                col(Ticket.rating) <= 2,  # noqa: PLR2004 (the rule's own line, as in `notice`)
                Ticket.active_seconds > 120 * Case.par_minutes,
                trace["critical"].as_boolean().is_(True),
            ),
            ~exists().where(col(Review.ticket_id) == Ticket.id),
            ~exists().where(
                col(Draw.trial_id) == Trial.id, col(Draw.key) == form["key"].as_string()
            ),
        )
        .order_by(col(Case.finished_at), col(Case.ticket_id))
    )
    found = list(_with_reasons(rows))
    barred = dropped(session, {trial.id: trial for trial, _, _, _ in found}.values())
    return [one for one in found if one[1].id not in barred]


def _with_reasons(
    rows: Iterable[tuple[Trial, Ticket, Case]],
) -> Iterable[tuple[Trial, Ticket, int, str]]:
    for trial, ticket, case in rows:
        work = Work(
            reopened=ticket.reopened_count,
            rating=ticket.rating,
            minutes=ticket.active_seconds / 60,
            par_minutes=case.par_minutes,
            is_critical=bool(case.trace.get("critical")),
        )
        reason = notice(work)
        if reason:
            yield trial, ticket, case.week, reason


def _so_far(session: Session, trial_ids: set[int]) -> Counter[tuple[int, int]]:
    rows = session.exec(
        select(Review.trial_id, Review.week, func.count())
        .where(col(Review.trial_id).in_(trial_ids), Review.kind == DrawKind.RULE)
        .group_by(col(Review.trial_id), col(Review.week))
    )
    return Counter({(trial_id, week): count for trial_id, week, count in rows})
