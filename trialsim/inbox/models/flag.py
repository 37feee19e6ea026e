"""A candidate's word that a ticket is not fair or not real, and what was ruled on it."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from trialsim.db import choice
from trialsim.kit.ids import public_id


class FlagKind(StrEnum):
    """What is wrong with a ticket."""

    UNFAIR = "unfair"
    UNREALISTIC = "unrealistic"


class FlagRuling(StrEnum):
    """What a manager ruled."""

    STAYS = "stays"
    LEFT_OUT = "left_out"


class TicketFlag(SQLModel, table=True):
    """One flag on one ticket; open until a manager rules, with a reason.

    While it is open the ticket enters no measure; `left_out` keeps it out for good, by
    `Case.left_out`, and `for_everyone` the same scenario in the whole cohort.
    """

    __tablename__ = "ticket_flag"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("fl"), max_length=20, unique=True)
    ticket_id: int = Field(foreign_key="ticket.id", unique=True)
    kind: FlagKind = Field(sa_type=choice(FlagKind))
    reason: str = Field(max_length=1000)
    at: datetime
    ruling: FlagRuling | None = Field(default=None, sa_type=choice(FlagRuling), nullable=True)
    ruling_reason: str = Field(default="", max_length=1000)
    ruled_by: int | None = Field(default=None, foreign_key="person.id")
    ruled_at: datetime | None = Field(default=None, index=True)
    for_everyone: bool = False
