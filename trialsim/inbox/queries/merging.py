"""A customer's other conversations, and what moves when two are put together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case
from sqlalchemy.orm import aliased
from sqlmodel import Session, or_, select

from trialsim.inbox.models import Customer, Message, MessageKind, Status, Ticket
from trialsim.inbox.queries.messages import messages_of
from trialsim.inbox.rules import may_merge
from trialsim.kit.errors import NotFound

SOLVED_WITHIN = timedelta(days=7)
_MOST = 20
_SPOKEN = (MessageKind.CUSTOMER, MessageKind.REPLY, MessageKind.NOTE, MessageKind.MEMBER)


@dataclass(frozen=True, slots=True)
class Others:
    """What else there is from a customer: to merge with, merged in here, or where this one went."""

    mergeable: tuple[Ticket, ...] = ()
    merged_here: tuple[Ticket, ...] = ()
    merged_into: Ticket | None = None

    @property
    def numbers(self) -> dict[int, int]:
        """Return the numbers of what was merged in here, by row id."""
        return {one.id or 0: one.number for one in self.merged_here}


@dataclass(frozen=True, slots=True)
class MergePage:
    """Two conversations side by side, before the newer one goes into the older one."""

    customer: Customer
    leaving: Ticket
    staying: Ticket
    moving: tuple[Message, ...]
    there: tuple[Message, ...]

    @property
    def barred(self) -> str:
        """Return why they cannot be merged now; nothing when they can."""
        if any(one.ticket_id != self.leaving.id for one in self.moving):
            return f"Something was merged into #{self.leaving.number}. Please take that back first."
        if not may_merge(self.leaving, self.staying):
            return "One of them is closed, so they cannot be merged now."
        return ""


def beside(trial_id: int, public_id: str, now: datetime) -> Any:  # noqa: ANN401 (a subquery; SQLModel has no name for its type)
    """Return the row ids of what the page of a ticket shows of its customer, itself among them.

    These are the latest other conversations that are open or were solved within a week, and what
    was merged with it.
    """
    own: Any = aliased(Ticket)
    other: Any = aliased(Ticket)
    is_here = or_(other.id == own.id, other.merged_into == own.id)
    return (
        select(other.id)
        .join(own, own.customer_id == other.customer_id)
        .where(
            own.trial_id == trial_id,
            own.public_id == public_id,
            or_(
                is_here,
                other.status.in_((Status.NEW, Status.OPEN, Status.PENDING, Status.HOLD)),
                (other.status == Status.SOLVED) & (other.solved_at > now - SOLVED_WITHIN),
                other.id == own.merged_into,
            ),
        )
        .order_by(case((is_here, 0), else_=1), other.number.desc())
        .limit(_MOST)
    )


def sorted_out(ticket: Ticket, found: Iterable[Ticket]) -> Others:
    """Return what is beside a ticket, by what can be done with it."""
    rows = {one.number: one for one in found if one.id != ticket.id}
    others = [rows[number] for number in sorted(rows)]
    return Others(
        mergeable=tuple(one for one in others if may_merge(ticket, one) or may_merge(one, ticket)),
        merged_here=tuple(one for one in others if one.merged_into == ticket.id),
        merged_into=next((one for one in others if one.id == ticket.merged_into), None),
    )


def merge_page(session: Session, first: Ticket, second: Ticket) -> MergePage:
    """Return what merging two of a trial's conversations would do: the older one stays.

    Raises:
        NotFound: when they are one and the same, or of two customers.
    """
    if first.id == second.id or first.customer_id != second.customer_id:
        raise NotFound
    leaving, staying = (first, second) if first.number > second.number else (second, first)
    return MergePage(
        customer=session.get_one(Customer, leaving.customer_id),
        leaving=leaving,
        staying=staying,
        moving=_spoken(session, leaving),
        there=_spoken(session, staying),
    )


def _spoken(session: Session, ticket: Ticket) -> tuple[Message, ...]:
    return tuple(one for one in messages_of(session, ticket.id or 0) if one.kind in _SPOKEN)
