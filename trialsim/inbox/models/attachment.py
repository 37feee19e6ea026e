"""Files that candidates attach to replies and notes."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from trialsim.db import choice
from trialsim.inbox.states import FileKind
from trialsim.kit.ids import public_id


class FilePlace(StrEnum):
    """Which draft a file lies beside, or that it has gone out with its text."""

    REPLY = "reply"
    NOTE = "note"
    SENT = "sent"


class Attachment(SQLModel, table=True):
    """One file, kept in the database under a random id; `kind` is what its bytes say it is.

    Messages and drafts carry a copy of everything but `content`, so that no page loads it.
    """

    __tablename__ = "attachment"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("f"), max_length=20, unique=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    name: str = Field(max_length=120)
    kind: FileKind = Field(sa_type=choice(FileKind))
    place: FilePlace = Field(sa_type=choice(FilePlace))
    size_bytes: int
    width: int = 0
    height: int = 0
    content: bytes = Field(sa_type=LargeBinary)
    at: datetime
