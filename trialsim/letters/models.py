"""Half-way letters, closing statements, check-ins, and what candidates say of their trial."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field, SQLModel, UniqueConstraint

from trialsim.db import choice
from trialsim.kit.ids import public_id
from trialsim.letters.rules import Forecast


class HalfWayLetter(SQLModel, table=True):
    """A mentor's half-way letter: a draft of their own until it is sent, unchanged after.

    Of all mentors' drafts about a trial one is sent; nobody but its author reads the others.
    """

    __tablename__ = "half_way_letter"
    __table_args__ = (UniqueConstraint("trial_id", "mentor_id"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("hl"), max_length=20, unique=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    mentor_id: int = Field(foreign_key="person.id")
    strengths: list[str] = Field(default_factory=list, sa_type=JSON)
    gaps: list[str] = Field(default_factory=list, sa_type=JSON)
    forecast: Forecast | None = Field(default=None, sa_type=choice(Forecast), nullable=True)
    change: str = ""
    confidence: int | None = None
    saved_at: datetime
    sent_at: datetime | None = Field(default=None, index=True)
    read_at: datetime | None = None
    version: int = 1


class ClosingStatement(SQLModel, table=True):
    """What a candidate tells the committee; it may be changed until the packet is sealed."""

    __tablename__ = "closing_statement"

    id: int | None = Field(default=None, primary_key=True)
    trial_id: int = Field(foreign_key="trial.id", unique=True)
    body: str
    notes: str = ""
    written_at: datetime
    version: int = 1


class CheckIn(SQLModel, table=True):
    """A talk of candidate and mentor that was held, once a week, with what was agreed."""

    __tablename__ = "check_in"
    __table_args__ = (UniqueConstraint("trial_id", "week"),)

    id: int | None = Field(default=None, primary_key=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    week: int
    held_at: datetime
    by_id: int = Field(foreign_key="person.id")
    agreed: str = ""


class TrialRating(SQLModel, table=True):
    """What a candidate says of a week of the trial, or of the whole (week 0): 1 to 5, and words.

    No mentor and nobody of the committee reads it; a manager reads figures and words without names.
    """

    __tablename__ = "trial_rating"
    __table_args__ = (
        UniqueConstraint("trial_id", "week"),
        CheckConstraint("score >= 1 AND score <= 5", name="score"),
    )

    id: int | None = Field(default=None, primary_key=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    week: int
    score: int
    words: str = ""
    at: datetime
