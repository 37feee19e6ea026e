"""The time targets of a ticket follow what happens to it, and whatever happens wakes it."""

from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.inbox.models import Customer, Ticket
from trialsim.inbox.models.ticket import WAITING
from trialsim.inbox.targets import settle
from trialsim.trials.models import Trial
from trialsim.trials.queries import allowances_of, hours_of


def keep_time(
    session: Session,
    trial: Trial,
    ticket: Ticket,
    now: datetime,
    *,
    waited_since: datetime | None = None,
    was_answered: bool = False,
) -> None:
    """Bring a ticket's clocks in line after a step; see `targets.settle`."""
    customer = session.get_one(Customer, ticket.customer_id)
    ticket.snoozed_until = None
    settle(
        ticket,
        customer.plan,
        hours_of(trial),
        now,
        waited_since=waited_since,
        was_answered=was_answered,
        factor=allowances_of(trial).wait_factor,
    )
    session.add(ticket)


def reckon_again(session: Session, trial: Trial, now: datetime) -> None:
    """Reckon anew when the time targets run out, since the hours they count in have changed."""
    session.flush()
    rows = session.exec(
        select(Ticket, Customer.plan)
        .join(Customer, col(Customer.id) == Ticket.customer_id)
        .where(Ticket.trial_id == trial.id, col(Ticket.status).in_(WAITING))
    )
    hours, factor = hours_of(trial), allowances_of(trial).wait_factor
    for ticket, plan in rows:
        settle(ticket, plan, hours, now, factor=factor)
        session.add(ticket)
