"""Mail waiting to go out."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Mail(SQLModel, table=True):
    """One message to one address; `dedupe_key` makes sure it is written once."""

    __tablename__ = "mail"

    id: int | None = Field(default=None, primary_key=True)
    dedupe_key: str = Field(max_length=120, unique=True)
    recipient: str = Field(max_length=254)
    subject: str = Field(max_length=200)
    body: str
    created_at: datetime
    due_at: datetime = Field(index=True)
    sent_at: datetime | None = Field(default=None, index=True)
    attempts: int = 0
    last_error: str = ""
