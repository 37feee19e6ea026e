"""What is due happens: planned tickets open, customers' coming turns arrive.

Idempotent and safe to run from several processes: the trial's row is locked first, and what has
happened is marked or deleted in the same transaction.
"""

from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from trialsim.db import write_session
from trialsim.inbox.actions import arrivals
from trialsim.inbox.actions.opening import open_ticket
from trialsim.inbox.models import ComingTurn, Ticket
from trialsim.inbox.models.ticket import WAITING
from trialsim.inbox.queries.queues import may_come_early
from trialsim.inbox.rules import DESK_WORK, LOW_WATER, RUNNING
from trialsim.trials.actions import end_block
from trialsim.trials.models import ScheduledTicket, Trial
from trialsim.trials.queries import Time, time_of
from trialsim.trials.rules import TrialState


def catch_up(engine: Engine, trial_id: int, now: datetime) -> None:
    """Let everything happen that is due for one trial, in a short transaction of its own."""
    with write_session(engine) as session:
        trial = session.exec(select(Trial).where(Trial.id == trial_id).with_for_update()).one()
        arrivals.press(session, trial, now)
        happen(session, trial, now)


def happen(session: Session, trial: Trial, now: datetime) -> None:
    """Do the same inside the caller's transaction."""
    if trial.state not in RUNNING:
        return
    _deliver(session, trial, now)
    time = time_of(session, trial, now)
    if time.running is None:
        return
    if time.left_this_week <= 0:
        _close_full_week(session, trial, time, now)
    elif time.running.kind in DESK_WORK:
        for planned in _due_tickets(session, trial, time):
            open_ticket(session, trial, planned, now)


def _deliver(session: Session, trial: Trial, now: datetime) -> None:
    turns = session.exec(
        select(ComingTurn)
        .where(ComingTurn.trial_id == trial.id, ComingTurn.due_at <= now)
        .order_by(col(ComingTurn.due_at), col(ComingTurn.id))
    ).all()
    for turn in turns:
        if turn in session:  # an earlier one may have made it pointless
            arrivals.arrive(session, trial, turn)


def _due_tickets(session: Session, trial: Trial, time: Time) -> list[ScheduledTicket]:
    """Return what opens now: all that is due, and more while fewer than three wait.

    An anchor or a ticket of the incident never comes early: everybody meets it at the same worked
    minute. Practice left over from training holds nothing back.
    """
    practice = trial.state is TrialState.TRAINING
    waiting = session.exec(
        select(func.count())
        .select_from(Ticket)
        .where(
            Ticket.trial_id == trial.id,
            col(Ticket.status).in_(WAITING),
            Ticket.practice == practice,
        )
    ).one()
    planned = (
        select(ScheduledTicket)
        .where(
            ScheduledTicket.trial_id == trial.id,
            col(ScheduledTicket.released_at).is_(None),
            ScheduledTicket.practice == practice,
        )
        .order_by(col(ScheduledTicket.number))
    )
    due = list(session.exec(planned.where(ScheduledTicket.due_minute <= time.worked)))
    lacking = LOW_WATER - waiting - len(due)
    if lacking > 0:
        early = planned.where(ScheduledTicket.due_minute > time.worked, *may_come_early())
        due += session.exec(early.limit(lacking))
    return due


def _close_full_week(session: Session, trial: Trial, time: Time, now: datetime) -> None:
    """End the running block at the minute the week's cap was reached."""
    if time.running is None:
        return
    cap_minutes = trial.rules["cap_hours_week"] * 60
    over = timedelta(minutes=max(0, time.worked_this_week - cap_minutes))
    ends = max(time.running.started_at, now - over)
    end_block(session, trial, time.running, by=None, now=ends)
