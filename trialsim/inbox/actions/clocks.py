"""The time targets of a ticket follow what happens to it, and whatever happens wakes it."""

from datetime import datetime

from sqlmodel import Session

from trialsim.inbox.models import Customer, Ticket
from trialsim.inbox.targets import settle
from trialsim.trials.models import Trial
from trialsim.trials.queries import hours_of


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
    )
    session.add(ticket)
