"""Measures as they were at one moment."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class Snapshot(SQLModel, table=True):
    """All measures of a cohort at one moment, with what they were made from.

    `body`: measures and chart numbers by trial; `input_hash`: SHA-256 of the observations.
    """

    __tablename__ = "snapshot"

    id: int | None = Field(default=None, primary_key=True)
    cohort_id: int = Field(foreign_key="cohort.id", index=True)
    taken_at: datetime = Field(index=True)
    day: int
    input_hash: str = Field(max_length=64)
    versions: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    body: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
