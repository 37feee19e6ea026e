"""What candidates and mentors write to each other, and what each of them has read."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UniqueConstraint

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


class ChannelPost(SQLModel, table=True):
    """One post in the channel that a whole cohort reads; `shown_as` is its author's name there."""

    __tablename__ = "channel_post"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("cp"), max_length=20, unique=True)
    cohort_id: int = Field(foreign_key="cohort.id", index=True)
    author_id: int = Field(foreign_key="person.id", index=True)
    shown_as: str = Field(max_length=60)
    body: str
    at: datetime = Field(index=True)


class Mention(SQLModel, table=True):
    """Somebody was named with @ in a post of a room or a channel; read with the place it is in."""

    __tablename__ = "mention"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    post_id: int | None = Field(default=None, foreign_key="post.id", index=True)
    channel_post_id: int | None = Field(default=None, foreign_key="channel_post.id", index=True)
    at: datetime
    read_at: datetime | None = None


class ReadMark(SQLModel, table=True):
    """Up to when somebody has read a place: the public id of a trial (room) or cohort (channel)."""

    __tablename__ = "read_mark"
    __table_args__ = (UniqueConstraint("person_id", "place"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    place: str = Field(max_length=20)
    read_at: datetime


class Digest(StrEnum):
    """How often somebody wants to be told by mail what is new."""

    NONE = "none"
    DAILY = "daily"


class RoomChoice(SQLModel, table=True):
    """What somebody chose for rooms and channels; without a row, nothing is mailed.

    `shown_as` is a candidate's name in channels. Days and hours are a mentor's own (a candidate
    announces them with the trial); `digest_on` is the own day of the last digest.
    """

    __tablename__ = "room_choice"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    shown_as: str = Field(default="", max_length=60)
    digest: Digest = Field(default=Digest.NONE, sa_type=choice(Digest))
    mails_mentions: bool = False
    weekdays: list[int] | None = Field(default=None, sa_type=JSON, nullable=True)
    day_starts: time | None = None
    day_ends: time | None = None
    digest_on: date | None = None


class Night(SQLModel, table=True):
    """What the fictional colleague did with a hand-over, once for each end of a block of work.

    `tickets` tells of every open one: id, number, subject, customer, what was done, and what the
    note left out. `waiting` counts those whose customer waited, `covered` those of them that the
    note covered.
    """

    __tablename__ = "night"
    __table_args__ = (UniqueConstraint("trial_id", "left_at"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("ni"), max_length=20, unique=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    left_at: datetime
    at: datetime = Field(index=True)
    colleague: str = Field(max_length=60)
    note: str = ""
    tickets: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    waiting: int = 0
    covered: int = 0
