"""Tickets that were passed over in start-work mode."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Skip(SQLModel, table=True):
    """One ticket passed over, and why; the mentor reads these. It is no measure."""

    __tablename__ = "skip"

    id: int | None = Field(default=None, primary_key=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    view: str = Field(max_length=80)
    reason: str = Field(max_length=300)
    at: datetime = Field(index=True)
