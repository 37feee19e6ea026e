"""Measures as they were at one moment."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UniqueConstraint


class Snapshot(SQLModel, table=True):
    """All measures of a cohort at one moment, with what they were made from.

    `body` holds what concerns the cohort as a whole, `TrialMeasures` each trial's own part, so
    that a page reads no more than it shows. `input_hash` is the SHA-256 of the observations,
    `checked_at` when it was last found that nothing had changed since.
    """

    __tablename__ = "snapshot"

    id: int | None = Field(default=None, primary_key=True)
    cohort_id: int = Field(foreign_key="cohort.id", index=True)
    taken_at: datetime = Field(index=True)
    checked_at: datetime
    day: int
    input_hash: str = Field(max_length=64)
    versions: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    body: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class TrialMeasures(SQLModel, table=True):
    """One trial's measures and chart numbers in a snapshot; frozen with it."""

    __tablename__ = "trial_measures"
    __table_args__ = (UniqueConstraint("snapshot_id", "trial_id"),)

    id: int | None = Field(default=None, primary_key=True)
    snapshot_id: int = Field(foreign_key="snapshot.id", index=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    body: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
