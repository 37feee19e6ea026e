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


class Failure(StrEnum):
    """A critical failure that no category names; it fails the reply whatever else was good."""

    PRIVACY = "privacy"
    PROMISE = "promise"
    HARM = "harm"


class Draw(SQLModel, table=True):
    """One place in a week's sample, drawn from the plan before the work on it was done.

    `key` names a planned ticket (`t007`) that may not have been released yet, so no page reads
    this table. It is filled when the conversation can be reviewed, and moved to another ticket
    of the week only when its own never becomes one.
    """

    __tablename__ = "draw"
    __table_args__ = (
        UniqueConstraint("trial_id", "week", "place"),
        UniqueConstraint("trial_id", "key"),
    )

    id: int | None = Field(default=None, primary_key=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    week: int
    place: int
    key: str = Field(max_length=20)
    third: int
    reviewer_id: int = Field(foreign_key="person.id")
    second_id: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime
    filled_at: datetime | None = Field(default=None, index=True)


class Review(SQLModel, table=True):
    """One reviewer's scorecard on one conversation, from the draw to the candidate's reading.

    `reason` says why it was drawn by rule or picked; `score` (0-100) is None until submitted.
    """

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("ticket_id", "reviewer_id"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("r"), max_length=20, unique=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    reviewer_id: int = Field(foreign_key="person.id", index=True)
    rubric_id: int = Field(foreign_key="rubric.id")
    draw_id: int | None = Field(default=None, foreign_key="draw.id", index=True)
    kind: DrawKind = Field(sa_type=choice(DrawKind))
    reason: str = Field(default="", max_length=300)
    is_second: bool = False
    week: int
    state: ReviewState = Field(default=ReviewState.WAITING, sa_type=choice(ReviewState), index=True)
    drawn_at: datetime
    due_at: datetime
    submitted_at: datetime | None = None
    score: float | None = None
    failed_critical: bool = False
    failure: Failure | None = Field(default=None, sa_type=choice(Failure))
    failure_quote: str = ""
    failure_reason: str = ""
    comment: str = ""
    skip_reason: str = ""
    released_at: datetime | None = None
    read_at: datetime | None = None
    version: int = 1


class Rating(SQLModel, table=True):
    """One category of a scorecard: level 1-4, or None for not applicable.

    `is_rated` is False only in a draft, where a comment stands before its level is chosen.
    """

    __tablename__ = "rating"
    __table_args__ = (UniqueConstraint("review_id", "category"),)

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", index=True)
    category: str = Field(max_length=60)
    level: int | None = None
    is_rated: bool = True
    comment: str = ""
    quote: str = ""
    root_cause: str = Field(default="", max_length=60)
