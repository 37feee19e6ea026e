"""Which tickets stay out of the measures, and what was flagged."""

from typing import Any

from sqlalchemy import exists
from sqlmodel import Session, and_, col, or_, select

from trialsim.inbox.models import Case, FlagRuling, TicketFlag
from trialsim.trials.models import Trial


def left_out(session: Session, cohort_id: int) -> frozenset[int]:
    """Return the tickets of a cohort that enter no measure: left out, or under an open flag."""
    rows: Any = session.exec(
        select(Case.ticket_id)
        .join(Trial, col(Trial.id) == Case.trial_id)
        .outerjoin(TicketFlag, col(TicketFlag.ticket_id) == Case.ticket_id)
        .where(
            Trial.cohort_id == cohort_id,
            or_(
                col(Case.left_out).is_(True),
                and_(col(TicketFlag.id).is_not(None), col(TicketFlag.ruled_at).is_(None)),
            ),
        )
    )
    return frozenset(rows)


def is_left_out_for_everyone(session: Session, cohort_id: int, *scenarios: str) -> bool:
    """Whether a manager left one of these scenarios out for a whole cohort."""
    query = exists().where(
        col(TicketFlag.ticket_id) == Case.ticket_id,
        col(Case.trial_id) == Trial.id,
        col(Trial.cohort_id) == cohort_id,
        col(TicketFlag.ruling) == FlagRuling.LEFT_OUT,
        col(TicketFlag.for_everyone).is_(True),
        col(Case.scenario).in_(scenarios),
    )
    return bool(session.exec(select(query)).one())


def flag_on(session: Session, ticket_id: int) -> TicketFlag | None:
    """Return a ticket's flag."""
    return session.exec(select(TicketFlag).where(TicketFlag.ticket_id == ticket_id)).first()
