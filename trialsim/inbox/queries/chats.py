"""The chats a candidate has open: whether anything changed, and what is shown of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, func, or_, select

from trialsim.inbox.models import (
    Case,
    Channel,
    ComingTurn,
    Customer,
    Draft,
    DraftKind,
    Message,
    Ticket,
    TurnKind,
)
from trialsim.inbox.queries.ladder import LIVE_STATES
from trialsim.inbox.rules import CHAT_PRESSING_AFTER, ENDED_SHOWN, RUNNING, TYPING
from trialsim.trials.models import Trial

MOST_CHATS = 3
_MINUTE = timedelta(minutes=1)
# Built once: putting it together anew would cost more than running it.
_PULSE = (
    columns(
        func.count(col(Ticket.id)),
        func.sum(col(Ticket.version)),
        func.max(col(Ticket.id)),
        func.sum(col(ComingTurn.id)),
        func.min(col(ComingTurn.due_at)),
        func.min(col(Ticket.waiting_since)),
    )
    .select_from(Trial)
    .join(
        Ticket,
        and_(
            col(Ticket.trial_id) == col(Trial.id),
            col(Ticket.channel) == Channel.CHAT,
            col(Ticket.status).in_(LIVE_STATES),
        ),
    )
    .outerjoin(
        ComingTurn,
        and_(
            col(ComingTurn.ticket_id) == col(Ticket.id),
            col(ComingTurn.kind) == TurnKind.MESSAGE,
            col(ComingTurn.due_at) <= bindparam("soon"),
        ),
    )
    .where(col(Trial.person_id) == bindparam("person"), col(Trial.state).in_(RUNNING))
)


@dataclass(frozen=True, slots=True)
class Pulse:
    """Whether the chats look as they did: an equal token means that nothing changed.

    `is_due` means that a customer's turn should happen first, `is_ignored` that somebody has waited
    long enough to press or leave; the token changes every minute then.
    """

    token: str
    is_due: bool
    is_ignored: bool


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat as its candidate sees it; nothing of what is still to come but that one types."""

    ticket: Ticket
    customer: Customer
    messages: tuple[Message, ...]
    reply: str
    note: str
    language: str
    is_typing: bool
    now: datetime

    @property
    def is_live(self) -> bool:
        """Whether the customer is still there."""
        return self.ticket.status in LIVE_STATES

    @property
    def first_name(self) -> str:
        """Return how the customer is spoken to."""
        return self.customer.name.split()[0]

    @property
    def waited_seconds(self) -> int:
        """Return how long the customer has waited for an answer; 0 when they do not wait."""
        since = self.ticket.waiting_since
        return int((self.now - since).total_seconds()) if since and self.is_live else 0

    @property
    def open_seconds(self) -> int:
        """Return how long the chat has been going on."""
        return int((self.now - self.ticket.opened_at).total_seconds())

    @property
    def watch_seconds(self) -> int:
        """Return what the chat's watch shows: the wait where somebody waits, else the whole."""
        return self.waited_seconds if self.is_waiting else self.open_seconds

    @property
    def is_waiting(self) -> bool:
        """Whether the customer waits for an answer."""
        return self.is_live and self.ticket.is_waiting

    @property
    def watch(self) -> str:
        """Return ``0:48``, or ``1:02:05`` from an hour on."""
        minutes, seconds = divmod(max(0, self.watch_seconds), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"

    @property
    def place(self) -> str:
        """Return the customer's plan, town of the zone and local time."""
        town = self.customer.zone.split("/")[-1].replace("_", " ")
        local = self.now.astimezone(ZoneInfo(self.customer.zone))
        return f"{self.customer.plan.capitalize()}, {town} {local:%H:%M}"

    @property
    def short_state(self) -> str:
        """Return in a word or two whose turn it is."""
        if not self.is_live:
            return "over"
        if self.is_typing:
            return "typing"
        return "your turn" if self.ticket.is_waiting else "reading"

    @property
    def state(self) -> str:
        """Return the same as a phrase."""
        short = self.short_state
        return f"{self.first_name} is {short}" if short.endswith("ing") else short.capitalize()


def pulse(session: Session, person_id: int, now: datetime) -> Pulse:
    """Return whether anything changed or is due in somebody's chats; one indexed query."""
    row = session.connection().execute(_PULSE, {"person": person_id, "soon": now + TYPING}).one()
    count, versions, newest, typing = row[:4]
    due_at: datetime | None = row[4]
    waiting_since: datetime | None = row[5]
    ignored = 0
    if waiting_since is not None and now - waiting_since >= CHAT_PRESSING_AFTER:
        ignored = int((now - waiting_since) / _MINUTE)
    token = f"{count}.{versions or 0}.{newest or 0}.{typing or 0}.{ignored}"
    return Pulse(token, is_due=due_at is not None and due_at <= now, is_ignored=ignored > 0)


def chats(session: Session, trial: Trial, now: datetime) -> tuple[Chat, ...]:
    """Return the chats that go on and, where there is room, those just over; three queries."""
    reply, note = aliased(Draft), aliased(Draft)
    query: Any = (
        select(Ticket, Customer, Case, reply, note)  # type: ignore[call-overload]  # five
        .join(Customer, col(Customer.id) == Ticket.customer_id)
        .join(Case, col(Case.ticket_id) == Ticket.id)
        .outerjoin(reply, (reply.ticket_id == Ticket.id) & (reply.kind == DraftKind.REPLY))
        .outerjoin(note, (note.ticket_id == Ticket.id) & (note.kind == DraftKind.NOTE))
        .where(
            Ticket.trial_id == trial.id,
            Ticket.channel == Channel.CHAT,
            or_(
                col(Ticket.status).in_(LIVE_STATES),
                and_(col(Case.finished_at) > now - ENDED_SHOWN, col(Ticket.merged_into).is_(None)),
            ),
        )
        .order_by(col(Ticket.opened_at).desc(), col(Ticket.id).desc())
    )
    rows = session.exec(query).all()
    live = [row for row in rows if row[0].status in LIVE_STATES]
    ended = [row for row in rows if row[0].status not in LIVE_STATES]
    shown = sorted((*live, *ended[: max(0, MOST_CHATS - len(live))]), key=lambda row: row[0].id)
    ids = [row[0].id for row in shown]
    messages, typing = _messages(session, ids), _typing(session, ids, now)
    return tuple(
        Chat(
            ticket=ticket,
            customer=customer,
            messages=tuple(one for one in messages if one.ticket_id == ticket.id),
            reply=reply_row.body if reply_row else "",
            note=note_row.body if note_row else "",
            language=str(case.form["language"]),
            is_typing=ticket.id in typing,
            now=now,
        )
        for ticket, customer, case, reply_row, note_row in shown
    )


def _messages(session: Session, ids: Iterable[int]) -> list[Message]:
    query = select(Message).where(col(Message.ticket_id).in_(tuple(ids)))
    return list(session.exec(query.order_by(col(Message.at), col(Message.id))))


def _typing(session: Session, ids: Iterable[int], now: datetime) -> set[int]:
    """Return the tickets whose customer writes within seconds; never what."""
    query = select(ComingTurn.ticket_id).where(
        col(ComingTurn.ticket_id).in_(tuple(ids)),
        ComingTurn.kind == TurnKind.MESSAGE,
        ComingTurn.due_at <= now + TYPING,
    )
    return set(session.exec(query))
