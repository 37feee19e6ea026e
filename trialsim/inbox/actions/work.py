"""Time on a ticket: every step of the candidate adds what passed since the step before."""

from datetime import datetime

from sqlmodel import Session

from trialsim.inbox.models import Case, Ticket
from trialsim.inbox.rules import counted_seconds, is_live_talk
from trialsim.kit.errors import Conflict
from trialsim.kit.worktime import working_minutes
from trialsim.trials.models import Trial
from trialsim.trials.queries import Time, allowances_of, hours_of, time_of

OFF_THE_CLOCK = "Please clock in first, so that this time is paid. Your text is kept."


def count_work(session: Session, trial: Trial, ticket: Ticket, now: datetime) -> Time:
    """Count the work since the last step for this ticket and note where in the month it was.

    Raises:
        Conflict: while the clock is off: nobody works unpaid.
    """
    time = time_of(session, trial, now)
    if time.running is None:
        raise Conflict(OFF_THE_CLOCK)
    add_work(session, trial, ticket, time, now)
    return time


def add_work(session: Session, trial: Trial, ticket: Ticket, time: Time, now: datetime) -> None:
    """Add what passed since the last step while a block runs; nothing without one.

    Nobody works on a message before it is there, so waiting for customers is not work on them.
    """
    if time.running is None:
        return
    ticket.active_seconds += counted_seconds(
        now, trial.active_at, time.running.started_at, ticket.waiting_since
    )
    trial.active_at = now
    case = session.get_one(Case, ticket.id)
    case.first_minute = float(time.worked) if case.first_minute is None else case.first_minute
    case.last_minute, case.block = float(time.worked), time.running.id
    for row in (ticket, trial, case):
        session.add(row)


def waited_hours(trial: Trial, ticket: Ticket, now: datetime) -> float:
    """Return how long a customer has waited, in the candidate's own announced hours.

    Nights, days off and short weeks are the candidate's to choose, so no mood, and with it no
    outcome, may depend on them. Who heard overnight that somebody is on it waits anew from there.
    Somebody who chats is there inside a block of work alone, so that clock is the one on the wall.
    """
    if ticket.waiting_since is None:
        return 0.0
    factor = allowances_of(trial).wait_factor
    if is_live_talk(ticket.channel):
        return max(0.0, (now - ticket.waiting_since).total_seconds() / 3600 / factor)
    since = max(ticket.waiting_since, ticket.heard_at or ticket.waiting_since)
    return working_minutes(hours_of(trial), since, now) / 60 / factor
