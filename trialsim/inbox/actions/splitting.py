"""Splitting a second matter off into a ticket of its own, linked to the first."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.db import take_version
from trialsim.inbox.actions.clocks import keep_time
from trialsim.inbox.actions.opening import next_number
from trialsim.inbox.actions.sending import deliver_of
from trialsim.inbox.actions.work import count_work
from trialsim.inbox.casework import Casework, casework
from trialsim.inbox.models import (
    Case,
    Channel,
    ComingTurn,
    Message,
    MessageKind,
    Status,
    Ticket,
    TurnKind,
)
from trialsim.inbox.rules import is_live_talk
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid
from trialsim.simulation import joined
from trialsim.simulation.cells import par_minutes
from trialsim.simulation.codec import to_json
from trialsim.simulation.joined import JoinedTurn
from trialsim.simulation.types import Turn
from trialsim.trials.models import Trial

ONE_MATTER = (
    "This conversation is about one matter, so there is nothing to split off. Two answers to one "
    "customer about the same thing would confuse them."
)
LONGEST_SUBJECT = 160


def why_not_split(ticket: Ticket, case: Case, message: Message) -> str:
    """Return why nothing can be split off from a message, or nothing when it can."""
    if message.kind is not MessageKind.CUSTOMER or message.ticket_id != ticket.id:
        return "Only what the customer wrote here can become a ticket of its own."
    if ticket.status in (Status.SOLVED, Status.CLOSED):
        return "This conversation is solved or closed, so nothing can be split off any more."
    return "" if case.second else ONE_MATTER


def split(  # noqa: PLR0913 (what is split off from which message, under which name)
    session: Session,
    trial: Trial,
    ticket: Ticket,
    message: Message,
    *,
    subject: str,
    by: Person,
    now: datetime,
) -> Ticket:
    """Give the second matter a ticket of its own, with a copy of the message; return it.

    Both go on as they stand: what was understood, told and done about each stays with it, and an
    answer on its way arrives where it belongs. Together they are worth the minutes they were.

    Raises:
        Conflict: when there is no second matter, or nothing can be split off now.
        Invalid: without a subject.
    """
    if not subject.strip() or len(subject) > LONGEST_SUBJECT:
        words = f"Please write a subject of at most {LONGEST_SUBJECT} characters."
        raise Invalid(fields={"subject": words})
    deliver_of(session, trial, ticket, now)
    work = casework(session, trial, ticket)
    if barred := why_not_split(ticket, work.case, message):
        raise Conflict(barred)
    count_work(session, trial, ticket, now)
    take_version(session, ticket, ticket.version)
    off = _ticket(session, trial, ticket, subject.strip())
    case = _case(work, off)
    session.add(case)
    _part_turns(session, ticket, off)
    work.case.second = {}
    work.case.par_minutes = max(0.0, work.case.par_minutes - case.par_minutes)
    session.add(work.case)
    for kind, body, at in (
        (MessageKind.CUSTOMER, message.body, message.at),
        (MessageKind.EVENT, f"You split this off from #{ticket.number}.", now),
    ):
        session.add(Message(ticket_id=off.id or 0, kind=kind, body=body, at=at))
    words = f"You split #{off.number} off from this."
    session.add(Message(ticket_id=ticket.id or 0, kind=MessageKind.EVENT, body=words, at=now))
    keep_time(session, trial, off, now)
    session.flush()
    for one, detail in ((ticket, {"into": off.public_id}), (off, {"from": ticket.public_id})):
        record(session, "split", one.public_id, by=by.id, at=now, detail=detail)
    return off


def _ticket(session: Session, trial: Trial, ticket: Ticket, subject: str) -> Ticket:
    off = Ticket(
        trial_id=ticket.trial_id,
        customer_id=ticket.customer_id,
        number=next_number(session, trial),
        subject=subject,
        channel=Channel.EMAIL if is_live_talk(ticket.channel) else ticket.channel,
        status=Status.OPEN if ticket.is_waiting else ticket.status,
        priority=ticket.priority,
        practice=ticket.practice,
        opened_at=ticket.opened_at,
        waiting_since=ticket.waiting_since,
        answered_at=ticket.answered_at,
        split_from=ticket.id,
    )
    session.add(off)
    session.flush()
    return off


def _case(work: Casework, off: Ticket) -> Case:
    first, second = work.case, work.forms[1]
    return Case(
        ticket_id=off.id or 0,
        trial_id=off.trial_id,
        scenario=second.scenario.id,
        scenario_version=second.scenario.version,
        week=first.week,
        anchor=first.anchor,
        practice=first.practice,
        flags=list(first.flags),
        par_minutes=par_minutes(second.scenario, str(first.form["channel"])),
        form={
            **first.form,
            "slots": to_json(second.slots),
            "key": second.key,
            "will_change": second.will_change,
        },
        state=to_json(work.states[1]),
        first_minute=first.first_minute,
        last_minute=first.last_minute,
        block=first.block,
        left_out=first.left_out,
    )


def _part_turns(session: Session, ticket: Ticket, off: Ticket) -> None:
    """Let each answer on its way arrive where its matter is now."""
    rows = session.exec(
        select(ComingTurn)
        .where(ComingTurn.ticket_id == ticket.id, ComingTurn.kind == TurnKind.MESSAGE)
        .order_by(col(ComingTurn.due_at))
    ).all()
    for row in rows:
        turn = joined.stored_turn(row.turn)
        here, *there = turn.parts
        for part in (one for one in there if one is not None):
            own = _alone(turn, part)
            session.add(
                ComingTurn(
                    ticket_id=off.id or 0,
                    trial_id=row.trial_id,
                    kind=TurnKind.MESSAGE,
                    due_at=row.due_at + timedelta(seconds=1),
                    turn=to_json(own),
                )
            )
        if here is None:
            session.delete(row)
        else:
            row.turn = to_json(_alone(turn, here))
            session.add(row)
    session.flush()


def _alone(turn: JoinedTurn, part: Turn) -> JoinedTurn:
    """Return one part as a message of its own; one that let the other speak says the same."""
    own = joined.alone(part)
    return (
        own
        if own.body
        else JoinedTurn(turn.body, own.delay_seconds, own.closes, own.gives_up, own.parts, own.why)
    )
