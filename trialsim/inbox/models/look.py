"""A second pair of eyes on a reply before it goes out."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from trialsim.db import choice
from trialsim.kit.ids import public_id


class Verdict(StrEnum):
    """What a mentor said about a draft."""

    SEND = "send"
    COMMENT = "comment"


class Look(SQLModel, table=True):
    """A draft shown to the mentors: the text as it was, a question, and what a mentor said."""

    __tablename__ = "look"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("lk"), max_length=20, unique=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    body: str
    question: str = Field(default="", max_length=500)
    asked_at: datetime
    verdict: Verdict | None = Field(default=None, sa_type=choice(Verdict), nullable=True)
    comment: str = ""
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None
