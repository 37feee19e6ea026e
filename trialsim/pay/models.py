"""Weeks as confirmed and approved, and the lines of pay that never change."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, UniqueConstraint

from trialsim.db import choice


class PaidWeek(SQLModel, table=True):
    """One week of a trial: confirmed by whoever worked it, approved by a manager."""

    __tablename__ = "paid_week"
    __table_args__ = (UniqueConstraint("trial_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    number: int
    confirmed_at: datetime | None = None
    approved_at: datetime | None = None
    approved_by_id: int | None = Field(default=None, foreign_key="person.id")


class LineKind(StrEnum):
    """Why a line is there: the week as approved first, or what a correction changed later."""

    WORK = "work"
    CORRECTION = "correction"


class StatementLine(SQLModel, table=True):
    """One approved amount; written once and never changed. A correction is a line of its own.

    `minutes` and `amount_cents` may be negative on a correction. Money is in minor units.
    """

    __tablename__ = "statement_line"

    id: int | None = Field(default=None, primary_key=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    week: int
    kind: LineKind = Field(sa_type=choice(LineKind))
    minutes: int
    rate_cents: int
    amount_cents: int
    currency: str = Field(max_length=3)
    approved_by_id: int = Field(foreign_key="person.id")
    at: datetime
