"""A customer's coming turn arrives: a message, a closing, a giving up, or a rating."""

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_
from sqlmodel import Session, col, select

from trialsim.inbox.actions.channels import came_back_later
from trialsim.inbox.actions.clocks import keep_time
from trialsim.inbox.actions.forum import accept_last_reply, member_writes
from trialsim.inbox.actions.outcomes import finish
from trialsim.inbox.actions.work import waited_hours
from trialsim.inbox.casework import Casework, casework
from trialsim.inbox.models import (
    Channel,
    ComingTurn,
    Message,
    MessageKind,
    Status,
    Ticket,
    TurnKind,
)
from trialsim.inbox.models.ticket import WAITING
from trialsim.inbox.rules import CHAT_PRESSING_AFTER, PRESSING_AFTER, RATING_AFTER
from trialsim.simulation import joined
from trialsim.simulation.codec import to_json
from trialsim.simulation.joined import JoinedTurn
from trialsim.simulation.joined_worth import rating
from trialsim.trials.models import Trial


def schedule(
    session: Session, trial: Trial, ticket: Ticket, turn: JoinedTurn, now: datetime
) -> ComingTurn:
    """Keep a decided turn until its time, after any that is on its way already; return it."""
    waiting = session.exec(
        select(ComingTurn.due_at)
        .where(ComingTurn.ticket_id == ticket.id, ComingTurn.kind == TurnKind.MESSAGE)
        .order_by(col(ComingTurn.due_at).desc())
    ).first()
    due_at = now + timedelta(seconds=turn.delay_seconds)
    coming = ComingTurn(
        ticket_id=ticket.id or 0,
        trial_id=trial.id or 0,
        kind=TurnKind.MESSAGE,
        due_at=max(due_at, waiting + timedelta(seconds=1)) if waiting else due_at,
        turn=to_json(turn),
    )
    session.add(coming)
    session.flush()
    return coming


def ask_for_rating(session: Session, trial: Trial, ticket: Ticket, solved_at: datetime) -> None:
    """Have the customer asked a day after the solution; a later solution asks anew."""
    forget_rating(session, ticket)
    session.add(
        ComingTurn(
            ticket_id=ticket.id or 0,
            trial_id=trial.id or 0,
            kind=TurnKind.RATING,
            due_at=solved_at + RATING_AFTER,
        )
    )
    session.flush()


def forget_rating(session: Session, ticket: Ticket) -> None:
    """Take back a question that has not been asked yet."""
    session.execute(  # by the session, so that one at hand is known to be gone
        delete(ComingTurn).where(
            col(ComingTurn.ticket_id) == ticket.id, col(ComingTurn.kind) == TurnKind.RATING
        )
    )


def press(session: Session, trial: Trial, now: datetime) -> None:
    """Let customers who have waited too long write again, or give up."""
    ignored = session.exec(
        select(Ticket).where(
            Ticket.trial_id == trial.id,
            col(Ticket.status).in_(WAITING),
            or_(
                col(Ticket.waiting_since) < now - PRESSING_AFTER,
                and_(
                    col(Ticket.channel).in_((Channel.CHAT, Channel.CALL)),
                    col(Ticket.waiting_since) < now - CHAT_PRESSING_AFTER,
                ),
            ),
        )
    ).all()
    for ticket in ignored:
        work = casework(session, trial, ticket)
        waited = waited_hours(trial, ticket, now)
        work.states, turn = joined.nudge(work.forms, work.states, work.records, waited)
        if turn is not None:
            _write(session, trial, work, turn, now)
    session.flush()


def arrive(session: Session, trial: Trial, coming: ComingTurn) -> None:
    """Let one coming turn happen at the time it was due."""
    ticket = session.get(Ticket, coming.ticket_id)
    if ticket is None:  # the foreign key forbids it
        raise LookupError(coming.ticket_id)
    if coming.kind is TurnKind.MEMBER:
        member_writes(session, ticket, coming)
    else:
        work = casework(session, trial, ticket)
        if coming.kind is TurnKind.RATING:
            _rate(session, work)
        else:
            _write(session, trial, work, joined.stored_turn(coming.turn), coming.due_at)
    session.delete(coming)
    session.flush()


def _write(session: Session, trial: Trial, work: Casework, turn: JoinedTurn, at: datetime) -> None:
    work.states, work.records = joined.arrive(work.forms, work.states, work.records, turn)
    ticket = work.ticket
    session.add(
        Message(
            ticket_id=ticket.id or 0,
            kind=MessageKind.CUSTOMER,
            body=turn.body,
            why={"turn": [to_json(reason) for reason in turn.why], "mood": work.mood},
            at=at,
        )
    )
    if turn.gives_up:
        ticket.status, ticket.waiting_since = Status.CLOSED, None
        _event(session, ticket, "The customer gave up on this conversation.", at)
        finish(session, work, at)
    elif turn.closes:
        if ticket.status is not Status.SOLVED:
            ticket.solved_at = at
        ticket.status, ticket.waiting_since = Status.SOLVED, None
        accept_last_reply(session, ticket)
        ask_for_rating(session, trial, ticket, ticket.solved_at or at)
        finish(session, work, at)
    else:
        _reopen(session, work, at)
    keep_time(session, trial, ticket, at)
    ticket.version += 1
    work.keep(session)


def _reopen(session: Session, work: Casework, at: datetime) -> None:
    ticket = work.ticket
    if ticket.status is Status.SOLVED or ticket.merged_into is not None:
        words = "The customer wrote again, so this is open again."
        if ticket.merged_into is not None:
            words = "The customer wrote again about this one, so it stands by itself again."
        ticket.merged_into, ticket.merged_at, work.case.before_merge = None, None, {}
        if came_back_later(ticket, at):
            ticket.channel = Channel.EMAIL
        ticket.reopened_count += 1
        ticket.solved_at = None
        work.case.finished_at = None
        forget_rating(session, ticket)
        _event(session, ticket, words, at)
    if ticket.status not in (Status.NEW, Status.OPEN):
        ticket.waiting_since = at
    ticket.status = Status.OPEN


def _rate(session: Session, work: Casework) -> None:
    ticket = work.ticket
    if ticket.solved_at is None:
        return
    hours = (ticket.solved_at - ticket.opened_at).total_seconds() / 3600
    trace = rating(work.forms, work.states, work.records, hours)
    work.case.rating_trace = to_json(trace)
    ticket.rating = trace.value if trace.answered else None
    session.add(work.case)
    session.add(ticket)


def _event(session: Session, ticket: Ticket, words: str, at: datetime) -> None:
    session.add(Message(ticket_id=ticket.id or 0, kind=MessageKind.EVENT, body=words, at=at))
