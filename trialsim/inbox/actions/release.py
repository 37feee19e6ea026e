"""What is due happens: planned tickets open, customers' coming turns arrive.

Idempotent and safe to run from several processes: the trial's row is locked first, and what has
happened is marked or deleted in the same transaction.
"""

from datetime import datetime, timedelta

from sqlalchemy import Engine, false
from sqlmodel import Session, col, func, select

from trialsim.db import write_session
from trialsim.inbox.actions import arrivals, sending
from trialsim.inbox.actions.channels import channel_now, doors, leave_live_talk
from trialsim.inbox.actions.opening import open_ticket
from trialsim.inbox.models import Channel, ComingTurn, Ticket
from trialsim.inbox.models.ticket import WAITING
from trialsim.inbox.queries.calls import LIVE_TALKS, held_for_call, not_planned_for_open_call
from trialsim.inbox.queries.ladder import held_for_chat, not_planned_for_open_chat
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
        leave_live_talk(session, trial, time_of(session, trial, now).running, now)
        _send_held(session, trial, now)  # before those who wait too long press
        arrivals.press(session, trial, now)
        happen(session, trial, now)


def happen(session: Session, trial: Trial, now: datetime) -> None:
    """Do the same inside the caller's transaction."""
    if trial.state not in RUNNING:
        return
    _deliver(session, trial, now)
    time = time_of(session, trial, now)
    leave_live_talk(session, trial, time.running, now)
    if time.running is None:
        return
    if time.left_this_week <= 0:
        _close_full_week(session, trial, time, now)
    elif time.running.kind in DESK_WORK:
        _let_in(session, trial, time, now)


def _deliver(session: Session, trial: Trial, now: datetime) -> None:
    """Let held replies go out and customers write, in the order of their times."""
    _send_held(session, trial, now)
    _arrive(session, trial, now)


def _send_held(session: Session, trial: Trial, now: datetime) -> None:
    if trial.state not in RUNNING:
        return
    for held in sending.due(session, trial, now):
        _arrive(session, trial, held.due_at)
        sending.deliver(session, trial, held)


def _arrive(session: Session, trial: Trial, now: datetime) -> None:
    turns = session.exec(
        select(ComingTurn)
        .where(ComingTurn.trial_id == trial.id, ComingTurn.due_at <= now)
        .order_by(col(ComingTurn.due_at), col(ComingTurn.id))
    ).all()
    for turn in turns:
        if turn in session:  # an earlier one may have made it pointless
            arrivals.arrive(session, trial, turn)


def _let_in(session: Session, trial: Trial, time: Time, now: datetime) -> None:
    """Open what is due by the channel that is open for it; chats as there is room for them."""
    held = doors(session, trial, time)
    waiting = _due_tickets(session, trial, time)
    if held.has_room and held.is_calm(now):
        waiting += _early(session, trial, waiting, Channel.CHAT)
    if held.has_line:
        waiting += _early(session, trial, waiting, Channel.CALL)
    for planned in waiting:
        channel = channel_now(planned, held, time, now)
        if channel is None:
            continue
        open_ticket(session, trial, planned, now, channel)
        if channel in LIVE_TALKS:
            held = held.with_one_more(now, channel)
        if channel == Channel.CALL and time.running is not None:
            time.running.takes_calls = False
            session.add(time.running)


def _early(
    session: Session, trial: Trial, waiting: list[ScheduledTicket], channel: Channel
) -> list[ScheduledTicket]:
    """Return the next customer who planned to talk, when none waits, so that nobody sits idle."""
    if any(one.channel == channel for one in waiting):
        return []
    query = (
        select(ScheduledTicket)
        .where(
            ScheduledTicket.trial_id == trial.id,
            col(ScheduledTicket.released_at).is_(None),
            ScheduledTicket.channel == channel,
            col(ScheduledTicket.practice).is_(False),
            *may_come_early(),
        )
        .order_by(col(ScheduledTicket.number))
        .limit(1)
    )
    return list(session.exec(query))


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
    due = list(
        session.exec(
            planned.where(
                ScheduledTicket.due_minute <= time.worked,
                ~func.coalesce(held_for_chat(trial, time), false()),
                ~func.coalesce(held_for_call(trial, time), false()),
            )
        )
    )
    lacking = LOW_WATER - waiting - len(due)
    if lacking > 0:
        early = planned.where(
            ScheduledTicket.due_minute > time.worked,
            *may_come_early(),
            not_planned_for_open_chat(trial),
            not_planned_for_open_call(trial),
        )
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
