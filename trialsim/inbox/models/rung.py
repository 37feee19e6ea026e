"""Which channels are open for a trial beside forum and email."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from trialsim.db import choice
from trialsim.inbox.ladder import Rung


class ChannelRung(SQLModel, table=True):
    """One rung of the ladder, opened by a mentor with a reason; it never closes again."""

    __tablename__ = "channel_rung"
    __table_args__ = (UniqueConstraint("trial_id", "rung"),)

    id: int | None = Field(default=None, primary_key=True)
    trial_id: int = Field(foreign_key="trial.id")
    rung: Rung = Field(sa_type=choice(Rung))
    opened_at: datetime
    opened_by: int = Field(foreign_key="person.id")
    reason: str = Field(max_length=200)
