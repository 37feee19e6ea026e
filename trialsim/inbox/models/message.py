"""What was written on a ticket, and what is still being written."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UniqueConstraint

from trialsim.db import choice
from trialsim.inbox.states import Status
from trialsim.kit.ids import public_id


class MessageKind(StrEnum):
    """Who speaks to whom."""

    CUSTOMER = "customer"
    REPLY = "reply"
    NOTE = "note"
    EVENT = "event"
    MEMBER = "member"


class Message(SQLModel, table=True):
    """One message; `why` is the engine's reasons and is for mentors alone.

    `speaker` is how another member of the forum is called who wrote it, or the colleague who took
    over for a night and left a note; no one else has one.
    `files` tells of what is attached (id, name, kind, size, width, height), not what is in it.
    """

    __tablename__ = "message"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("m"), max_length=20, unique=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    kind: MessageKind = Field(sa_type=choice(MessageKind))
    author_id: int | None = Field(default=None, foreign_key="person.id")
    speaker: str = Field(default="", max_length=40, sa_column_kwargs={"server_default": ""})
    body: str
    why: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    files: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]"}
    )
    at: datetime


class DraftKind(StrEnum):
    """Two drafts a ticket, never mixed."""

    REPLY = "reply"
    NOTE = "note"


class Draft(SQLModel, table=True):
    """Text not yet sent, kept per ticket and kind, with its files and how it is to be sent."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("ticket_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    kind: DraftKind = Field(sa_type=choice(DraftKind))
    body: str
    files: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]"}
    )
    send_as: Status | None = Field(default=None, sa_type=choice(Status), nullable=True)
    saved_at: datetime
