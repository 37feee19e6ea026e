"""Drawing conversations for review: by chance for the measures, by rule and by hand for feedback.

Planning comes before the work, filling after it: nobody can know at work what will be read, and
nobody who has seen the work chooses what is read.
"""

from datetime import datetime

from sqlmodel import Session, select

from trialsim.accounts.models import Person
from trialsim.inbox.models import Case, Ticket
from trialsim.kit.errors import Conflict
from trialsim.programmes.models import Cohort
from trialsim.reviews.actions.by_rule import draw_by_rule
from trialsim.reviews.actions.filling import add_review, fill, replace_lost
from trialsim.reviews.actions.planning import plan_begun_weeks
from trialsim.reviews.models import DrawKind, Review
from trialsim.trials.models import Trial


def draw_week(session: Session, cohort: Cohort, now: datetime) -> int:
    """Bring a cohort's reviews up to date and return how many were added.

    Plans the sample of every week that has begun, then writes the reviews of drawn conversations
    that can be read by now, so that a week fills up to its quota as the work is done. Idempotent:
    called twice, the second call adds nothing; broken off, the next call goes on. Several
    processes take turns.
    """
    session.exec(select(Cohort.id).where(Cohort.id == cohort.id).with_for_update()).one()
    plan_begun_weeks(session, cohort, now)
    replace_lost(session, cohort, now)
    return fill(session, cohort, now) + draw_by_rule(session, cohort, now)


def pick(
    session: Session, trial: Trial, ticket: Ticket, *, reason: str, by: Person, now: datetime
) -> Review:
    """Give a mentor a conversation of their own choice, for feedback only.

    Whoever has a review on it already gets that one. It never enters a measure.

    Raises:
        Conflict: for practice, or before anything was answered.
    """
    held = session.exec(
        select(Review).where(Review.ticket_id == ticket.id, Review.reviewer_id == by.id)
    ).first()
    if held is not None:
        return held
    if ticket.practice:
        raise Conflict("Practice is never scored.")
    if ticket.answered_at is None:
        raise Conflict("There is no answer to read yet.")
    week = session.exec(select(Case.week).where(Case.ticket_id == ticket.id)).one()
    review = Review(
        trial_id=trial.id or 0,
        ticket_id=ticket.id or 0,
        rubric_id=trial.rubric_id,
        kind=DrawKind.PICKED,
        reason=reason,
        week=week,
        drawn_at=now,
        reviewer_id=by.id or 0,
        due_at=now,
    )
    return add_review(session, review, ticket, reviewer=by, by=by)
