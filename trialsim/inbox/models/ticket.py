"""The ticket: what a candidate may see of one conversation."""

from datetime import datetime

from sqlalchemy import JSON, Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint

from trialsim.db import choice
from trialsim.inbox.states import Channel, Kind, Priority, Status
from trialsim.kit.ids import public_id

WAITING = (Status.NEW, Status.OPEN)


class Ticket(SQLModel, table=True):
    """One conversation on the desk. Everything hidden about it lives in `Case`.

    A merged ticket is closed, and its messages are read in the thread of `merged_into`. One that
    was split off knows from which; an incident knows its problem. The time targets keep when they
    run out, since when the clock of the solution runs, and the minutes of the candidate's own
    hours used before: by it, and by the clock of the next reply. They enter no measure.
    `heard_at` is when a colleague told the waiting customer that somebody is on it: their wait
    counts from there.
    On the forum, `board` is where a thread was moved to, `accepted` the post that answers it.
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
    priority: Priority = Field(
        default=Priority.NORMAL,
        sa_type=choice(Priority),
        sa_column_kwargs={"server_default": "normal"},
    )
    kind: Kind = Field(
        default=Kind.QUESTION, sa_type=choice(Kind), sa_column_kwargs={"server_default": "question"}
    )
    snoozed_until: datetime | None = None
    split_from: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    problem_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    reply_due_at: datetime | None = None
    solution_due_at: datetime | None = None
    solving_since: datetime | None = None
    solving_minutes: float = Field(default=0.0, sa_column_kwargs={"server_default": text("0")})
    board: str = Field(default="", max_length=40, sa_column_kwargs={"server_default": ""})
    accepted: str = Field(default="", max_length=20, sa_column_kwargs={"server_default": ""})
    waited_minutes: float = Field(default=0.0, sa_column_kwargs={"server_default": text("0")})
    heard_at: datetime | None = None
    version: int = 1

    @property
    def is_waiting(self) -> bool:
        """Whether the customer waits for the candidate."""
        return self.status in WAITING
