"""Putting two conversations of one customer together, and taking that back on the same day."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.db import take_version
from trialsim.inbox.actions.arrivals import ask_for_rating, forget_rating, schedule
from trialsim.inbox.actions.clocks import keep_time
from trialsim.inbox.actions.outcomes import finish
from trialsim.inbox.actions.sending import deliver_of
from trialsim.inbox.actions.work import count_work
from trialsim.inbox.casework import Casework, casework
from trialsim.inbox.models import ComingTurn, Message, MessageKind, Status, Ticket, TurnKind
from trialsim.inbox.rules import may_merge, may_undo_merge
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict
from trialsim.simulation import customer, joined, twins
from trialsim.trials.models import Trial


def merge(
    session: Session, trial: Trial, leaving: Ticket, staying: Ticket, *, by: Person, now: datetime
) -> None:
    """Close one conversation and read its messages in the other from now on.

    Right where both are about the same trouble: then what was told and said counts for the one
    that stays. Else nobody looks at the customer's other trouble any more, and they come back.

    Raises:
        Conflict: when these two cannot be merged now.
    """
    for one in (leaving, staying):
        deliver_of(session, trial, one, now)
    holds = session.exec(select(Ticket.id).where(Ticket.merged_into == leaving.id)).first()
    if holds is not None or not may_merge(leaving, staying):
        raise Conflict("These two conversations cannot be merged now. Please look at both again.")
    count_work(session, trial, leaving, now)
    take_version(session, leaving, leaving.version)
    take_version(session, staying, staying.version)
    work, other = casework(session, trial, leaving), casework(session, trial, staying)
    work.case.before_merge = {
        "status": leaving.status.value,
        "waiting_since": leaving.waiting_since.isoformat() if leaving.waiting_since else None,
        "par_minutes": work.case.par_minutes,
    }
    leaving.status, leaving.waiting_since = Status.CLOSED, None
    leaving.merged_into, leaving.merged_at = staying.id, now
    keep_time(session, trial, leaving, now)
    forget_rating(session, leaving)
    if _are_about_the_same(work, other):
        _unite(session, work, other)
    else:
        _swallow(session, trial, work, now)
    finish(session, work, now)
    work.keep(session)
    _event(session, leaving, f"You merged this into #{staying.number}.", now)
    _event(session, staying, f"You merged #{leaving.number} into this.", now)
    record(
        session,
        "merged",
        leaving.public_id,
        by=by.id,
        at=now,
        detail={"into": staying.public_id},
    )


def undo_merge(
    session: Session, trial: Trial, ticket: Ticket, *, by: Person, now: datetime
) -> Ticket:
    """Part two conversations again; what was told meanwhile stays told. Return the other one.

    Raises:
        Conflict: on a later day, or when it is not merged.
    """
    if ticket.merged_into is None or not may_undo_merge(ticket, trial.zone, now):
        raise Conflict("A merge can be undone on the day it was made.")
    count_work(session, trial, ticket, now)
    take_version(session, ticket, ticket.version)
    work = casework(session, trial, ticket)
    before = work.case.before_merge
    staying = session.get_one(Ticket, ticket.merged_into)
    _part(session, work)
    ticket.status = Status(before["status"])
    since = before["waiting_since"]
    ticket.waiting_since = datetime.fromisoformat(since) if since else None
    ticket.merged_into, ticket.merged_at = None, None
    keep_time(session, trial, ticket, now)
    work.case.par_minutes, work.case.before_merge = before["par_minutes"], {}
    work.case.finished_at, work.case.outcome, work.case.trace = None, None, {}
    if ticket.status is Status.SOLVED and ticket.solved_at is not None:
        ask_for_rating(session, trial, ticket, ticket.solved_at)
        finish(session, work, now)
    work.keep(session)
    _event(session, ticket, "You took the merge back.", now)
    _event(session, staying, f"You took #{ticket.number} out of this again.", now)
    record(
        session,
        "merge_undone",
        ticket.public_id,
        by=by.id,
        at=now,
        detail={"from": staying.public_id},
    )
    return staying


def _are_about_the_same(work: Casework, other: Casework) -> bool:
    first, second = work.case, other.case
    return first.twin_of == second.ticket_id or second.twin_of == first.ticket_id


def _unite(session: Session, work: Casework, other: Casework) -> None:
    """Let the one that stays know all, and let answers on their way arrive there."""
    other.states = (twins.united(other.state, work.state),)
    other.keep(session)
    work.case.par_minutes = twins.MERGING_MINUTES
    session.execute(
        update(ComingTurn)
        .where(col(ComingTurn.ticket_id) == work.ticket.id)
        .values(ticket_id=other.ticket.id)
    )


def _swallow(session: Session, trial: Trial, work: Casework, now: datetime) -> None:
    """Have the customer come back, by a message that is on its way already or one of their own."""
    state, turn = customer.comes_back(work.form, work.state)
    work.states = (state, *work.states[1:])
    coming = session.exec(
        select(ComingTurn.id).where(
            ComingTurn.ticket_id == work.ticket.id, ComingTurn.kind == TurnKind.MESSAGE
        )
    ).first()
    if coming is None:
        back = joined.alone(turn, matters=len(work.forms))
        row = schedule(session, trial, work.ticket, back, now)
        work.case.before_merge = {**work.case.before_merge, "comes_back": row.id}


def _part(session: Session, work: Casework) -> None:
    """Undo what a merge did to the case that left."""
    back = session.get(ComingTurn, work.case.before_merge.get("comes_back", 0))
    if back is not None:
        session.delete(back)
    work.states = (customer.parted(work.state), *work.states[1:])


def _event(session: Session, ticket: Ticket, words: str, at: datetime) -> None:
    session.add(Message(ticket_id=ticket.id or 0, kind=MessageKind.EVENT, body=words, at=at))
    session.flush()
