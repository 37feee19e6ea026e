"""The hidden side of a ticket: its scenario, the customer's state, and what is still to come."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, text
from sqlmodel import Field, SQLModel

from trialsim.db import choice


class Case(SQLModel, table=True):
    """What the engine knows about one ticket; no candidate page reads this table.

    `form` is what the plan drew (slots, language, seed), `state` the engine's `CaseState`, both
    as JSON; `trace` and `rating_trace` explain the outcome (0-100) and the customer's rating.
    `second` is the same for a second matter in the ticket (scenario, version, slots, state), empty
    where there is one alone. `twin_of` is the earlier ticket of the same customer about the same
    trouble; `before_merge` what a merged ticket goes back to when the merge is undone.
    `first_minute` and `last_minute` are worked minutes of the trial; `block` the last block of
    paid work in which it was handled. `left_out` keeps the ticket out of every measure. `hints` are
    those taken on a practice ticket (level, words, article, at): evidence of learning, no score.
    """

    __tablename__ = "case"

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    scenario: str = Field(max_length=80, index=True)
    scenario_version: int
    week: int
    anchor: bool = False
    practice: bool = False
    flags: list[str] = Field(default_factory=list, sa_type=JSON)
    par_minutes: float
    form: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    state: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    second: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
    twin_of: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    before_merge: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
    hints: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]"}
    )
    outcome: float | None = None
    trace: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    rating_trace: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    first_minute: float | None = None
    last_minute: float | None = None
    block: int | None = Field(default=None, foreign_key="time_entry.id")
    finished_at: datetime | None = Field(default=None, index=True)
    left_out: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})


class TurnKind(StrEnum):
    """What will happen when its time comes."""

    MESSAGE = "message"
    RATING = "rating"
    MEMBER = "member"


class ComingTurn(SQLModel, table=True):
    """A customer's next step, decided but not yet due: read by the release alone."""

    __tablename__ = "coming_turn"

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    kind: TurnKind = Field(sa_type=choice(TurnKind))
    due_at: datetime = Field(index=True)
    turn: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    wording_tries: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class DeskAct(SQLModel, table=True):
    """A desk action that was done, with what the candidate read."""

    __tablename__ = "desk_act"

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    action: str = Field(max_length=60)
    record: str = Field(max_length=80)
    params: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    tells: str = ""
    at: datetime
