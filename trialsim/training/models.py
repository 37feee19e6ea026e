"""What the first days leave behind: ticked steps, quizzes taken, days added. None is a score."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UniqueConstraint

from trialsim.db import choice
from trialsim.kit.ids import public_id
from trialsim.training.rules import Which


class StepTick(SQLModel, table=True):
    """A step of the first days that is done: ticked by hand, or by what happened."""

    __tablename__ = "step_tick"
    __table_args__ = (UniqueConstraint("trial_id", "step"),)

    id: int | None = Field(default=None, primary_key=True)
    trial_id: int = Field(foreign_key="trial.id")
    step: str = Field(max_length=80)
    at: datetime


class QuizAttempt(SQLModel, table=True):
    """The readiness quiz as it was answered once; `share` is that of right answers, 0 to 1.

    `answers` are the chosen places (as in the pack) by the place of the question, as text.
    """

    __tablename__ = "quiz_attempt"
    __table_args__ = (UniqueConstraint("trial_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("qa"), max_length=20, unique=True)
    trial_id: int = Field(foreign_key="trial.id")
    number: int
    which: Which = Field(sa_type=choice(Which))
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    share: float
    at: datetime


class ExtraDay(SQLModel, table=True):
    """One more day of training that a mentor gave, and why."""

    __tablename__ = "extra_day"

    id: int | None = Field(default=None, primary_key=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    reason: str = Field(max_length=200)
    by_id: int = Field(foreign_key="person.id")
    at: datetime
