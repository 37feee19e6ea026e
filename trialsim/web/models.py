"""The shell's one table: forms already answered, so that a second press changes nothing."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class SentForm(SQLModel, table=True):
    """A form's idempotency key with where its sender was led."""

    __tablename__ = "sent_form"

    key: str = Field(max_length=64, primary_key=True)
    person_id: int | None = Field(default=None, index=True)
    location: str = Field(default="", max_length=500)
    at: datetime = Field(index=True)
