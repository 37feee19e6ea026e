"""Programmes, their rubrics, cohorts, and who holds which role in them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UniqueConstraint

from trialsim.db import choice
from trialsim.kit.ids import public_id
from trialsim.programmes.rules import Role


class Programme(SQLModel, table=True):
    """The rules a trial runs by. `rules` is a `programmes.rules.ProgrammeRules` as JSON."""

    __tablename__ = "programme"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("pr"), max_length=20, unique=True)
    name: str = Field(max_length=120)
    template: str = Field(max_length=60)
    pack_hash: str = Field(foreign_key="pack_version.hash", max_length=64)
    rules: dict[str, Any] = Field(sa_type=JSON)
    created_by: int = Field(foreign_key="person.id", index=True)
    created_at: datetime
    version: int = 1


class Rubric(SQLModel, table=True):
    """A version of a programme's scorecard; any change makes a new row. `body`: rubric as JSON."""

    __tablename__ = "rubric"
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", index=True)
    number: int
    body: dict[str, Any] = Field(sa_type=JSON)
    created_at: datetime


class CohortState(StrEnum):
    """Where a cohort stands."""

    DRAFT = "draft"
    STARTED = "started"
    DECIDING = "deciding"
    FINISHED = "finished"


class Cohort(SQLModel, table=True):
    """People who start together."""

    __tablename__ = "cohort"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("co"), max_length=20, unique=True)
    programme_id: int = Field(foreign_key="programme.id", index=True)
    name: str = Field(max_length=120)
    starts_on: date
    decision_by: date
    seed: int
    state: CohortState = Field(default=CohortState.DRAFT, sa_type=choice(CohortState))
    created_at: datetime
    version: int = 1


class Membership(SQLModel, table=True):
    """A role held in a cohort, from the invitation until it ends."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("cohort_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    cohort_id: int = Field(foreign_key="cohort.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: Role = Field(sa_type=choice(Role))
    invited_at: datetime
    accepted_at: datetime | None = None
    ended_at: datetime | None = None
