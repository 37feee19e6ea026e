"""One candidate's month: the trial, what is planned for it, and the paid time worked."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, text
from sqlmodel import Field, SQLModel, UniqueConstraint

from trialsim.db import choice
from trialsim.kit.ids import public_id
from trialsim.trials.rules import TrialState, WorkKind


class Trial(SQLModel, table=True):
    """A candidate's month in a cohort; `code` is the name used wherever people are blind.

    `desk` is how the candidate has arranged the desk: views, open tickets, and last choices.
    What follows it is read by `trials.queries` and `trials.care` alone and stands on no page of
    mentors or committee: pauses ("from", "to"), hours announced before ("until" the day others
    hold), the dropped day, what an accommodation changes, and when the candidate left.
    """

    __tablename__ = "trial"
    __table_args__ = (
        UniqueConstraint("cohort_id", "person_id"),
        UniqueConstraint("cohort_id", "code"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("tr"), max_length=20, unique=True)
    cohort_id: int = Field(foreign_key="cohort.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    mentor_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    code: str = Field(max_length=8)
    seed: str = Field(max_length=64)
    state: TrialState = Field(default=TrialState.INVITED, sa_type=choice(TrialState), index=True)
    starts_on: date
    ends_on: date
    zone: str = Field(default="UTC", max_length=40)
    weekdays: list[int] = Field(default_factory=lambda: [0, 1, 2, 3, 4], sa_type=JSON)
    day_starts: time = time(9, 0)
    day_ends: time = time(13, 0)
    rules: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    pack_hash: str = Field(foreign_key="pack_version.hash", max_length=64)
    rubric_id: int = Field(foreign_key="rubric.id")
    accepted_at: datetime | None = None
    live_at: datetime | None = None
    live_reason: str = ""
    closed_at: datetime | None = None
    active_at: datetime | None = None
    desk: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
    pauses: list[dict[str, str]] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]"}
    )
    earlier_hours: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]"}
    )
    dropped_on: date | None = None
    allowances: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
    left_at: datetime | None = None
    version: int = 1


class ScheduledTicket(SQLModel, table=True):
    """A ticket still to come (or released): read by the release alone, never by a page.

    `planned` is a `simulation.plan.PlannedTicket` as JSON. An anchor and a ticket of the incident
    never come early: everybody meets them at the same worked minute. `channel` is the planned one;
    which it comes by is decided when it is released.
    """

    __tablename__ = "scheduled_ticket"
    __table_args__ = (UniqueConstraint("trial_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    number: int
    due_minute: int
    anchor: bool = False
    practice: bool = False
    incident: bool | None = None
    channel: str | None = Field(default=None, max_length=20)
    planned: dict[str, Any] = Field(sa_type=JSON)
    released_at: datetime | None = Field(default=None, index=True)


class TimeEntry(SQLModel, table=True):
    """One block of paid work, clock in to clock out; minutes are whole and never negative.

    While `takes_chats` holds, customers may come by chat, as many as the candidate's rung allows.
    While `takes_calls` does, one may call.
    """

    __tablename__ = "time_entry"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("te"), max_length=20, unique=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    kind: WorkKind = Field(sa_type=choice(WorkKind))
    started_at: datetime = Field(index=True)
    ended_at: datetime | None = None
    takes_chats: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    takes_calls: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    version: int = 1


class TimeCorrection(SQLModel, table=True):
    """One correction of a block by its worker: what it was, what it became, and why.

    `was` is empty for a block that was forgotten, `becomes` for one that should not be there. Rows
    are only added; the block itself holds what counts.
    """

    __tablename__ = "time_correction"

    id: int | None = Field(default=None, primary_key=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    entry_id: int = Field(foreign_key="time_entry.id")
    was: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    becomes: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    reason: str = Field(max_length=300)
    by_id: int = Field(foreign_key="person.id")
    at: datetime


class Accommodation(SQLModel, table=True):
    """What a candidate asked to have different, in their own words, and what a manager decided.

    Nobody else reads these rows. What was granted works by `Trial.allowances`, which holds no word
    of why. `granted` is a `trials.care.rules.Allowances` as JSON.
    """

    __tablename__ = "accommodation"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("ac"), max_length=20, unique=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    words: str = Field(max_length=2000)
    asked_at: datetime
    answer: str = Field(default="", max_length=2000)
    granted: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, index=True)
    version: int = 1
