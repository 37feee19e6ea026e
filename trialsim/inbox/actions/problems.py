"""One problem and its incidents: linking them, and one update to all of their customers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.inbox.actions.replies import send_reply
from trialsim.inbox.models import Customer, Kind, Status, Ticket
from trialsim.inbox.queries.macros import filled_macro
from trialsim.inbox.rules import may_write
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid
from trialsim.trials.models import Trial

_SENDS = (Status.HOLD, Status.PENDING, Status.SOLVED)


@dataclass(frozen=True, slots=True)
class Update:
    """What one update did: to whom it went, and who was left out because theirs is closed."""

    sent: tuple[Ticket, ...]
    closed: tuple[Ticket, ...]


def link(session: Session, incident: Ticket, problem: Ticket, *, by: Person, now: datetime) -> None:
    """Make a ticket an incident of a problem; the other one becomes a problem, if it was none.

    Raises:
        Conflict: for a ticket and itself, another trial's, or a chain of problems.
    """
    if incident.id == problem.id or incident.trial_id != problem.trial_id:
        raise Conflict("A conversation cannot be part of itself.")
    if problem.problem_id is not None:
        raise Conflict(f"#{problem.number} is part of another problem. Please link to that one.")
    if incident.kind is Kind.PROBLEM:
        words = f"#{incident.number} is a problem itself. Please change its type first."
        raise Conflict(words)
    problem.kind, incident.kind, incident.problem_id = Kind.PROBLEM, Kind.INCIDENT, problem.id
    for row in (problem, incident):
        session.add(row)
    detail = {"problem": problem.public_id, "number": problem.number}
    record(session, "linked", incident.public_id, by=by.id, at=now, detail=detail)


def unlink(session: Session, incident: Ticket, *, by: Person, now: datetime) -> None:
    """Let a ticket stand by itself again."""
    if incident.problem_id is None:
        return
    incident.problem_id = None
    session.add(incident)
    record(session, "unlinked", incident.public_id, by=by.id, at=now)


def update_all(  # noqa: PLR0913 (who writes what to whose customers, and when)
    session: Session,
    trial: Trial,
    tickets: Sequence[Ticket],
    *,
    body: str,
    status: Status,
    by: Person,
    now: datetime,
) -> Update:
    """Send one update as a reply in each ticket, with each customer's own name in it.

    Raises:
        Invalid: without a text, a status, or a ticket it could go to.
    """
    open_ones = [one for one in tickets if may_write(one.status)]
    problems = {}
    if not body.strip():
        problems["body"] = "Please write something first."
    if status not in _SENDS:
        problems["status"] = "Please choose how to send it."
    if not open_ones:
        problems["tickets"] = "Please choose at least one conversation that is open."
    if problems:
        raise Invalid(fields=problems)
    for ticket in open_ones:
        customer = session.get_one(Customer, ticket.customer_id)
        text = filled_macro(body, customer, by)
        send_reply(session, trial, ticket, by=by, body=text, status=status, now=now)
    closed = tuple(one for one in tickets if not may_write(one.status) and one not in open_ones)
    return Update(tuple(open_ones), closed)
