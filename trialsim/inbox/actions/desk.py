"""Desk actions and escalation: the candidate changes the customer's world."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.inbox.actions.sending import deliver_of
from trialsim.inbox.actions.work import count_work
from trialsim.inbox.casework import casework
from trialsim.inbox.models import DeskAct, Message, MessageKind, Ticket
from trialsim.inbox.rules import may_write
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict
from trialsim.simulation import joined_desk
from trialsim.simulation.desk import Act
from trialsim.simulation.types import Handover, Value
from trialsim.trials.models import Trial


def do_action(  # noqa: PLR0913 (who does what to which record, and when)
    session: Session,
    trial: Trial,
    ticket: Ticket,
    *,
    action: str,
    target: str,
    params: Mapping[str, Value],
    by: Person,
    now: datetime,
) -> str:
    """Do one desk action and return what the candidate reads.

    Raises:
        ActionBarred: when it is impossible now, or a detail is missing.
    """
    deliver_of(session, trial, ticket, now)
    if not may_write(ticket.status):
        raise Conflict("This conversation is closed.")
    count_work(session, trial, ticket, now)
    work = casework(session, trial, ticket)
    result = joined_desk.act(
        work.forms,
        work.states,
        work.records,
        Act(action, target, dict(params), now.isoformat()),
    )
    work.states, work.records = result.cases, result.records
    work.keep(session)
    session.add(
        DeskAct(
            ticket_id=ticket.id or 0,
            person_id=by.id or 0,
            action=action,
            record=target,
            params=dict(params),
            tells=result.tells,
            at=now,
        )
    )
    label = work.form.pack.actions[action].label
    _event(session, ticket, f"{label}: {result.tells}", now)
    detail = {"action": action, "record": target}
    record(session, "desk_action", ticket.public_id, by=by.id, at=now, detail=detail)
    return result.tells


def escalate(  # noqa: PLR0913 (who hands what to whom, and why)
    session: Session,
    trial: Trial,
    ticket: Ticket,
    *,
    team: str,
    reason: str,
    note: str,
    by: Person,
    now: datetime,
) -> str:
    """Hand the ticket to a team with a note and return their answer."""
    deliver_of(session, trial, ticket, now)
    if not may_write(ticket.status):
        raise Conflict("This conversation is closed.")
    count_work(session, trial, ticket, now)
    work = casework(session, trial, ticket)
    result = joined_desk.escalate(
        work.forms,
        work.states,
        work.records,
        Handover(team=team, reason=reason, note=note, at=now.isoformat(), right=False),
    )
    work.states, work.records = result.cases, result.records
    work.keep(session)
    session.add(
        Message(
            ticket_id=ticket.id or 0,
            kind=MessageKind.NOTE,
            author_id=by.id,
            body=f"**Handed to {team}.** {reason}\n\n{note}",
            at=now,
        )
    )
    _event(session, ticket, result.tells, now)
    record(session, "escalated", ticket.public_id, by=by.id, at=now, detail={"team": team})
    return result.tells


def _event(session: Session, ticket: Ticket, words: str, now: datetime) -> None:
    session.add(Message(ticket_id=ticket.id or 0, kind=MessageKind.EVENT, body=words, at=now))
    session.flush()
