"""A reply on its way: until it has gone out, it can be taken back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from trialsim.db import choice
from trialsim.inbox.states import Status
from trialsim.kit.ids import public_id


class Outgoing(SQLModel, table=True):
    """One reply that waits in the outbox, at most one a ticket; no customer has read it yet.

    Deleted when it goes out at `due_at` or is taken back before. `files` is as in `Message`.
    """

    __tablename__ = "outgoing"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("og"), max_length=20, unique=True)
    ticket_id: int = Field(foreign_key="ticket.id", unique=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    author_id: int = Field(foreign_key="person.id")
    body: str
    status: Status = Field(sa_type=choice(Status))
    files: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    sent_at: datetime
    due_at: datetime = Field(index=True)
