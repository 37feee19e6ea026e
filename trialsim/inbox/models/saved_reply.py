"""Texts a person keeps for the next customer."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from trialsim.db import choice
from trialsim.inbox.states import Status
from trialsim.kit.ids import public_id


class SavedReply(SQLModel, table=True):
    """A personal saved reply with variables; what stands before a slash in its name is its folder.

    `status` is how the reply is meant to be sent, when it says so.
    """

    __tablename__ = "saved_reply"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("sr"), max_length=20, unique=True)
    person_id: int = Field(foreign_key="person.id")
    name: str = Field(max_length=120)
    body: str
    status: Status | None = Field(default=None, sa_type=choice(Status), nullable=True)
    changed_at: datetime
