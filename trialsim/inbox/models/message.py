"""What was written on a ticket, and what is still being written."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UniqueConstraint

from trialsim.db import choice
from trialsim.kit.ids import public_id


class MessageKind(StrEnum):
    """Who speaks to whom."""

    CUSTOMER = "customer"
    REPLY = "reply"
    NOTE = "note"
    EVENT = "event"


class Message(SQLModel, table=True):
    """One message; `why` is the engine's reasons and is for mentors alone."""

    __tablename__ = "message"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("m"), max_length=20, unique=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    kind: MessageKind = Field(sa_type=choice(MessageKind))
    author_id: int | None = Field(default=None, foreign_key="person.id")
    body: str
    why: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    at: datetime


class DraftKind(StrEnum):
    """Two drafts a ticket, never mixed."""

    REPLY = "reply"
    NOTE = "note"


class Draft(SQLModel, table=True):
    """Text not yet sent, kept per ticket and kind."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("ticket_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    kind: DraftKind = Field(sa_type=choice(DraftKind))
    body: str
    saved_at: datetime
