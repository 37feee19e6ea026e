"""A candidate flags a ticket as unfair or not real, and a manager rules on it."""

from datetime import datetime

from sqlalchemy import Text, cast
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, or_, select, update

from trialsim.accounts.models import Person
from trialsim.inbox.models import (
    Case,
    FlagKind,
    FlagRuling,
    Message,
    MessageKind,
    Ticket,
    TicketFlag,
)
from trialsim.inbox.rules import RUNNING, SHORTEST_REASON
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid
from trialsim.trials.models import Trial

LEFT_OUT = "A manager ruled that this one was not fair. It counts in no figure, for anybody."


def flag(  # noqa: PLR0913 (who flags what, and why)
    session: Session,
    trial: Trial,
    ticket: Ticket,
    *,
    kind: FlagKind,
    reason: str,
    by: Person,
    now: datetime,
) -> TicketFlag:
    """Flag a ticket; until a manager rules it enters no measure.

    Raises:
        Conflict: for practice, which never counts, for a trial that is over, and the second time.
        Invalid: without a reason.
    """
    _check(reason)
    if ticket.practice:
        raise Conflict("Practice never counts, so there is nothing to leave out.")
    if trial.state not in RUNNING:
        raise Conflict("Your trial is over, so nothing can be flagged any more.")
    row = TicketFlag(ticket_id=ticket.id or 0, kind=kind, reason=reason, at=now)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise Conflict("You have flagged this conversation already.") from error
    detail = {"flag": row.public_id, "kind": str(kind)}
    record(session, "ticket_flagged", ticket.public_id, by=by.id, at=now, detail=detail)
    return row


def rule(  # noqa: PLR0913 (who rules what on which flag, and why)
    session: Session,
    row: TicketFlag,
    *,
    ruling: FlagRuling,
    reason: str,
    for_everyone: bool,
    by: Person,
    now: datetime,
) -> None:
    """Rule on a flag: the ticket stays, or is left out of every measure for good.

    `for_everyone` leaves the scenario out in the whole cohort, those to come included, and every
    other candidate who has met it reads so on their ticket.

    Raises:
        Conflict: when it was ruled on already.
        Invalid: without a reason.
    """
    _check(reason)
    is_out = ruling is FlagRuling.LEFT_OUT
    change = update(TicketFlag).where(
        col(TicketFlag.id) == row.id, col(TicketFlag.ruled_at).is_(None)
    )
    values = {
        "ruling": ruling,
        "ruling_reason": reason,
        "ruled_by": by.id,
        "ruled_at": now,
        "for_everyone": is_out and for_everyone,
    }
    if session.connection().execute(change.values(**values)).rowcount != 1:
        raise Conflict("Somebody has ruled on this already.")
    session.refresh(row)
    ticket = session.get_one(Ticket, row.ticket_id)
    others = 0
    if is_out:
        case = session.get_one(Case, row.ticket_id)
        case.left_out = True
        session.add(case)
        others = _leave_out_everywhere(session, case, now) if for_everyone else 0
        session.flush()
    record(
        session,
        "flag_ruled",
        ticket.public_id,
        by=by.id,
        at=now,
        detail={"flag": row.public_id, "ruling": str(ruling), "other_tickets": others},
    )


def _leave_out_everywhere(session: Session, flagged: Case, now: datetime) -> int:
    """Leave a scenario's tickets of the same cohort out as well; return how many."""
    cohort = select(Trial.cohort_id).where(Trial.id == flagged.trial_id).scalar_subquery()
    rows = session.exec(
        select(Case)
        .join(Trial, col(Trial.id) == Case.trial_id)
        .where(
            Trial.cohort_id == cohort,
            col(Case.left_out).is_(False),
            col(Case.practice).is_(False),
            or_(Case.scenario == flagged.scenario, cast(col(Case.second), Text) != "{}"),
        )
    ).all()
    found = [
        case
        for case in rows
        if flagged.scenario in {case.scenario, case.second.get("scenario", "")}
    ]
    for case in found:
        leave_out(session, case, now)
    return len(found)


def leave_out(session: Session, case: Case, now: datetime) -> None:
    """Leave one ticket out of the measures and say so in it."""
    case.left_out = True
    session.add(case)
    session.add(Message(ticket_id=case.ticket_id, kind=MessageKind.EVENT, body=LEFT_OUT, at=now))


def _check(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        words = f"Please write at least {SHORTEST_REASON} characters."
        raise Invalid(fields={"reason": words})
