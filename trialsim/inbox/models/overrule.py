"""What people put right in the engine's reading of a ticket."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from trialsim.db import choice
from trialsim.kit.ids import public_id


class OverruleKind(StrEnum):
    """What is overruled: something read in one reply, or the whole outcome."""

    FACT = "fact"
    POINT = "point"
    TRAP = "trap"
    OUTCOME = "outcome"


class Overrule(SQLModel, table=True):
    """One ruling over the engine, with its reason. Rows are added and withdrawn, never changed.

    `ticket_id` is the ticket the reply was written on, `scenario` the matter it is about, `name`
    the fact, point or trap, and `counts` whether the reply said it. An outcome has no message and
    no name but a `value`, 0 to 100. `was_read` tells whether the engine had counted it.
    """

    __tablename__ = "overrule"
    __table_args__ = (
        CheckConstraint("value IS NULL OR (value >= 0 AND value <= 100)", name="value"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("ov"), max_length=20, unique=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    message_id: int | None = Field(default=None, foreign_key="message.id")
    kind: OverruleKind = Field(sa_type=choice(OverruleKind))
    scenario: str = Field(max_length=80)
    name: str = Field(default="", max_length=80)
    counts: bool = False
    was_read: bool = False
    value: float | None = None
    reason: str = Field(max_length=1000)
    person_id: int = Field(foreign_key="person.id")
    at: datetime
    withdrawn_at: datetime | None = None
