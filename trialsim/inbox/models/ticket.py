"""The ticket: what a candidate may see of one conversation."""

from datetime import datetime

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel, UniqueConstraint

from trialsim.db import choice
from trialsim.inbox.states import Channel, Status
from trialsim.kit.ids import public_id

WAITING = (Status.NEW, Status.OPEN)


class Ticket(SQLModel, table=True):
    """One conversation on the desk. Everything hidden about it lives in `Case`.

    A merged ticket is closed, and its messages are read in the thread of `merged_into`.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("trial_id", "number"),
        Index("ix_ticket_queue", "trial_id", "status", "waiting_since"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("t"), max_length=20, unique=True)
    trial_id: int = Field(foreign_key="trial.id")
    customer_id: int = Field(foreign_key="customer.id", index=True)
    number: int
    subject: str = Field(max_length=200)
    channel: Channel = Field(sa_type=choice(Channel))
    status: Status = Field(default=Status.NEW, sa_type=choice(Status))
    tags: list[str] = Field(default_factory=list, sa_type=JSON)
    practice: bool = False
    opened_at: datetime
    waiting_since: datetime | None = None
    answered_at: datetime | None = None
    solved_at: datetime | None = Field(default=None, index=True)
    reopened_count: int = 0
    rating: int | None = None
    merged_into: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    merged_at: datetime | None = None
    active_seconds: int = 0
    version: int = 1

    @property
    def is_waiting(self) -> bool:
        """Whether the customer waits for the candidate."""
        return self.status in WAITING
