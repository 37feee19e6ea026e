"""The journal's table: facts are inserted, never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class Fact(SQLModel, table=True):
    """One thing that happened; `hash` covers it and the hash of the fact before."""

    __tablename__ = "fact"

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=60, index=True)
    subject: str = Field(max_length=80, index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    at: datetime
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64, unique=True)
