"""What happened to a ticket, from the journal: nothing in it can be changed afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.models import Message, MessageKind, Ticket
from trialsim.journal.models import Fact

Detail = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: when, who did it, and what it was."""

    at: datetime
    by: str
    what: str
    order: int = 0


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A ticket with all its steps, the latest first."""

    ticket: Ticket
    steps: tuple[Step, ...]


def _changed(detail: Detail) -> str:
    was, becomes = detail.get("from") or "none", detail.get("to") or "none"
    return f"{str(detail.get('what', '')).capitalize()} changed from {was} to {becomes}"


# Facts with another kind, such as what people ruled on the engine's reading, are not told here.
_WORDS: Mapping[str, Callable[[Detail], str]] = {
    "reply_sent": lambda detail: f"Reply sent as {detail.get('status', '')}",
    "reply_held": lambda _: "Reply written, on its way",
    "reply_taken_back": lambda _: "Reply taken back before it went out",
    "ticket_changed": _changed,
    "desk_action": lambda detail: f"Done on a record: {_named(detail.get('action'))}",
    "escalated": lambda detail: f"Handed to {detail.get('team', 'a team')}",
    "merged": lambda _: "Merged into another conversation",
    "merge_undone": lambda _: "Merge taken back",
    "moved_to_email": lambda _: "Moved from chat to email",
    "snoozed": lambda _: "Snoozed",
    "woken": lambda _: "Woken up",
    "skipped": lambda detail: f"Skipped: {detail.get('reason', '')}",
    "split": lambda detail: (
        "Split off from another conversation" if "from" in detail else "A matter was split off"
    ),
    "linked": lambda detail: f"Linked to the problem #{detail.get('number', '')}",
    "unlinked": lambda _: "No longer part of a problem",
    "ticket_flagged": lambda detail: f"Flagged as {detail.get('kind', '')}",
}


def history_page(session: Session, ticket: Ticket) -> HistoryPage:
    """Return everything that happened to a ticket; two queries."""
    rows = session.exec(
        select(Fact, Person.name)
        .outerjoin(Person, col(Person.id) == Fact.person_id)
        .where(Fact.subject == ticket.public_id, col(Fact.kind).in_(tuple(_WORDS)))
        .order_by(col(Fact.id))
    )
    steps = [
        Step(fact.at, name or "TrialSim", _WORDS[fact.kind](fact.detail), fact.id or 0)
        for fact, name in rows
    ]
    wrote = session.exec(
        select(Message).where(
            Message.ticket_id == ticket.id,
            col(Message.kind).in_((MessageKind.CUSTOMER, MessageKind.NOTE)),
        )
    )
    words = {MessageKind.CUSTOMER: "Wrote a message", MessageKind.NOTE: "Internal note written"}
    who = {MessageKind.CUSTOMER: "Customer", MessageKind.NOTE: "Candidate"}
    steps += [Step(one.at, who[one.kind], words[one.kind]) for one in wrote]
    return HistoryPage(
        ticket, tuple(sorted(steps, key=lambda step: (step.at, step.order), reverse=True))
    )


def _named(name: object) -> str:
    return str(name or "").replace("_", " ")
