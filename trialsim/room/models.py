"""What candidates and mentors write to each other."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from trialsim.db import choice
from trialsim.kit.ids import public_id
from trialsim.room.rules import PostKind


class Post(SQLModel, table=True):
    """One post in a trial's room; an answer names the question it belongs to."""

    __tablename__ = "post"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("po"), max_length=20, unique=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    author_id: int = Field(foreign_key="person.id", index=True)
    kind: PostKind = Field(sa_type=choice(PostKind))
    question_id: int | None = Field(default=None, foreign_key="post.id", index=True)
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id")
    body: str
    at: datetime = Field(index=True)
    read_at: datetime | None = None
