"""Drawn work and the scorecards written about it."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, UniqueConstraint

from trialsim.db import choice
from trialsim.kit.ids import public_id


class DrawKind(StrEnum):
    """How a conversation came to be reviewed; only drawn ones enter a measure."""

    DRAWN = "drawn"
    RULE = "rule"
    PICKED = "picked"


class ReviewState(StrEnum):
    """Where a review stands."""

    WAITING = "waiting"
    SUBMITTED = "submitted"
    SKIPPED = "skipped"


class Review(SQLModel, table=True):
    """One reviewer's scorecard on one conversation, from the draw to the candidate's reading."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("ticket_id", "reviewer_id"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("r"), max_length=20, unique=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    reviewer_id: int = Field(foreign_key="person.id", index=True)
    rubric_id: int = Field(foreign_key="rubric.id")
    kind: DrawKind = Field(sa_type=choice(DrawKind))
    is_second: bool = False
    week: int
    state: ReviewState = Field(default=ReviewState.WAITING, sa_type=choice(ReviewState), index=True)
    drawn_at: datetime
    due_at: datetime
    submitted_at: datetime | None = None
    score: float | None = None
    failed_critical: bool = False
    comment: str = ""
    skip_reason: str = ""
    released_at: datetime | None = None
    read_at: datetime | None = None
    version: int = 1


class Rating(SQLModel, table=True):
    """One category of a scorecard: level 1-4, or None for not applicable."""

    __tablename__ = "rating"
    __table_args__ = (UniqueConstraint("review_id", "category"),)

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", index=True)
    category: str = Field(max_length=60)
    level: int | None = None
    comment: str = ""
    quote: str = ""
    root_cause: str = Field(default="", max_length=60)
